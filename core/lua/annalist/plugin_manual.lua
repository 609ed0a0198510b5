-- A plugin's manual, made of its declaration: what it does, needs, can be told, and which tables it fills.

local plugin_manual = {}

local function show_default(option)
  if option.default == nil then return "" end
  return string.format(", default %s", tostring(option.default))
end

local function add_options(lines, declaration)
  local names = {}
  for name in pairs(declaration.options or {}) do names[#names + 1] = name end
  if #names == 0 then return end
  table.sort(names)
  lines[#lines + 1] = "\nOptions (--set " .. declaration.name .. ".OPTION=VALUE)"
  for _, name in ipairs(names) do
    local option = declaration.options[name]
    local range = ""
    if option.choices then
      local choices = {}
      for i, choice in ipairs(option.choices) do choices[i] = tostring(choice) end
      range = ": " .. table.concat(choices, ", ")
    elseif option.min or option.max then
      range = string.format(": %s to %s", tostring(option.min or "…"), tostring(option.max or "…"))
    end
    lines[#lines + 1] = string.format("  %-16s %s%s%s", name, option.type or "text", range, show_default(option))
    if option.help then lines[#lines + 1] = string.rep(" ", 19) .. option.help end
  end
end

local function add_results(lines, declaration)
  local names = {}
  for name in pairs(declaration.results or {}) do names[#names + 1] = name end
  if #names == 0 then return end
  table.sort(names)
  lines[#lines + 1] = "\nTables"
  for _, name in ipairs(names) do
    local columns = {}
    for i, column in ipairs(declaration.results[name]) do
      columns[i] = type(column) == "table" and tostring(column[1]) .. " " .. tostring(column[2]) or tostring(column)
    end
    lines[#lines + 1] = string.format("  %s (%s)", name, table.concat(columns, ", "))
  end
end

local function names_of(list)
  return #(list or {}) > 0 and table.concat(list, ", ") or "nothing"
end

--- The manual of one plugin as `engine.discover` lists it.
function plugin_manual.text(plugin)
  local declaration = plugin.declaration or {}
  local lines = {
    string.format("%s %s  (%s, %s)", plugin.name, tostring(declaration.version or ""), plugin.origin or "?", plugin.state or "?"),
    "  " .. (declaration.summary or "(no summary)"),
    "  " .. plugin.path,
  }
  if declaration.description then
    lines[#lines + 1] = "\n" .. declaration.description:gsub("^%s+", ""):gsub("%s+$", "") .. "\n"
  end
  if plugin.reason then lines[#lines + 1] = "  " .. plugin.reason end
  for _, fault in ipairs(plugin.faults or {}) do lines[#lines + 1] = "  fault: " .. fault end
  if plugin.declaration then
    local stages = {}
    if declaration.article then stages[#stages + 1] = "article" end
    if declaration.corpus then stages[#stages + 1] = "corpus" end
    lines[#lines + 1] = ""
    lines[#lines + 1] = "Role    " .. (declaration.provides or declaration.name or plugin.name)
    lines[#lines + 1] = "Stage   " .. names_of(stages)
    lines[#lines + 1] = "Needs   " .. names_of(declaration.needs)
    lines[#lines + 1] = "Wants   " .. names_of(declaration.wants)
    add_options(lines, declaration)
    add_results(lines, declaration)
  end
  return table.concat(lines, "\n") .. "\n"
end

return plugin_manual
