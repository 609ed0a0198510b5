-- From what the user asks for to an order of steps: roles are given plugins, needs come first, a cycle is printed as a chain, and
-- options are held against their schema. Every fault of the user is raised as one line. Touches no corpus but for which roles it holds.

local declaration = require "annalist.engine.declaration"
local discover = require "annalist.engine.discover"
local nearest = require "annalist.nearest"
local system = require "annalist.system"

local plan = {}

local function fail(...)
  error(string.format(...), 0)
end

local function names_of(record)
  local names = {}
  for name in pairs(record) do names[#names + 1] = name end
  table.sort(names)
  return names
end

-- Roles ----------------------------------------------------------------------------------------------

-- { by_name = plugin that wins under its name, providers = role → list of ready plugins, all }
local function registry(paths)
  local all = discover.all(paths)
  local self = { all = all, by_name = {}, providers = {} }
  for _, plugin in ipairs(all) do
    if plugin.state ~= "shadowed" and not self.by_name[plugin.name] then self.by_name[plugin.name] = plugin end
    if plugin.state == "ready" then
      local role = plugin.declaration.provides
      self.providers[role] = self.providers[role] or {}
      table.insert(self.providers[role], plugin)
    end
  end
  return self
end

local function must_be_ready(plugin, why)
  if plugin.state == "faulty" then
    fail("plugin %s (%s)%s can't run: %s; `annalist check %s` lists its faults", plugin.name, plugin.path, why, plugin.reason, plugin.path)
  elseif plugin.state ~= "ready" then
    fail("plugin %s (%s)%s is %s: %s", plugin.name, plugin.path, why, plugin.state, plugin.reason)
  end
  return plugin
end

local function known_names(self)
  local names = names_of(self.by_name)
  for _, role in ipairs(names_of(self.providers)) do names[#names + 1] = role end
  return names
end

-- --use ROLE=PLUGIN, each checked.
local function read_use(self, use)
  local chosen = {}
  for _, role in ipairs(names_of(use or {})) do
    local name = use[role]
    local plugin = self.by_name[name]
    if not plugin then fail("--use %s=%s: there is no plugin '%s'.%s", role, name, name, nearest.hint(name, names_of(self.by_name))) end
    must_be_ready(plugin, "")
    if plugin.declaration.provides ~= role then
      fail("--use %s=%s: plugin %s fills the role %s, not %s", role, name, name, plugin.declaration.provides, role)
    end
    chosen[role] = plugin
  end
  return chosen
end

-- The plugin for a role: the one chosen, else the one of that name, else the only one that provides it.
local function provider(self, role, chosen, needed_by)
  if chosen[role] then return chosen[role] end
  local why = needed_by and string.format(", which %s needs,", needed_by) or ""
  local list = self.providers[role]
  local named = self.by_name[role]
  if named and named.state ~= "ready" and not list then return must_be_ready(named, why) end
  if not list then
    if needed_by then fail("%s needs the role %s, and no plugin provides it.%s", needed_by, role, nearest.hint(role, known_names(self))) end
    fail("there is no plugin or role '%s'.%s `annalist plugins` lists them", role, nearest.hint(role, known_names(self)))
  end
  for _, plugin in ipairs(list) do
    if plugin.name == role then return plugin end
  end
  if #list > 1 then
    local names = {}
    for index, plugin in ipairs(list) do names[index] = plugin.name end
    fail("more than one plugin fills the role %s (%s): say which with --use %s=PLUGIN", role, table.concat(names, ", "), role)
  end
  return list[1]
end

-- What the user named: a plugin by its name, else a role.
local function select_plugins(self, names, chosen)
  local selected = {}
  for _, name in ipairs(names) do
    local plugin = self.by_name[name]
    if plugin then
      must_be_ready(plugin, "")
      local role = plugin.declaration.provides
      if chosen[role] and chosen[role] ~= plugin then
        if role ~= name then
          fail("%s and %s both fill the role %s; a corpus holds one at a time", chosen[role].name, name, role)
        end
        plugin = chosen[role] -- --use timex=mine, and "timex" means the role
      end
      chosen[role] = plugin
      selected[#selected + 1] = plugin
    else
      selected[#selected + 1] = provider(self, name, chosen)
    end
  end
  return selected
end

-- Order -----------------------------------------------------------------------------------------------

local function show_cycle(path, name)
  local chain = {}
  for _, step in ipairs(path) do
    if #chain > 0 or step == name then chain[#chain + 1] = step end
  end
  chain[#chain + 1] = name
  fail("plugins need each other in a circle: %s", table.concat(chain, " → "))
end

-- Depth first, in the order of the declarations, so that one selection always has one order. `present`: roles that the corpus holds.
local function order(self, selected, chosen, present)
  local steps, state, path = {}, {}, {}
  local selected_roles = {}
  for _, plugin in ipairs(selected) do selected_roles[plugin.declaration.provides] = true end

  -- What is needed will run as well, so that a wish for it is granted at the first run as it would be at the second
  local function select_needs(plugin)
    for _, role in ipairs(plugin.declaration.needs) do
      if not selected_roles[role] then
        selected_roles[role] = true
        select_needs(provider(self, role, chosen, plugin.name))
      end
    end
  end
  for _, plugin in ipairs(selected) do select_needs(plugin) end
  local visit

  local function wanted_roles(plugin)
    local list, seen = {}, {}
    local function add(role)
      if role ~= plugin.declaration.provides and not seen[role] and (selected_roles[role] or present[role]) and (self.providers[role] or chosen[role]) then
        seen[role] = true
        list[#list + 1] = role
      end
    end
    for _, role in ipairs(plugin.declaration.wants) do
      if role == "*" then
        local all = {}
        for each in pairs(selected_roles) do all[#all + 1] = each end
        for each in pairs(present) do all[#all + 1] = each end
        table.sort(all)
        for _, each in ipairs(all) do add(each) end
      else
        add(role)
      end
    end
    return list
  end

  function visit(plugin)
    local name = plugin.name
    if state[name] == "done" then return end
    if state[name] == "open" then show_cycle(path, name) end
    state[name] = "open"
    path[#path + 1] = name
    for _, role in ipairs(plugin.declaration.needs) do visit(provider(self, role, chosen, name)) end
    local wants = {}
    for _, role in ipairs(wanted_roles(plugin)) do
      local other = provider(self, role, chosen, name)
      if state[other.name] ~= "open" then -- a wish that closes a circle is not granted
        visit(other)
        wants[#wants + 1] = role
      end
    end
    path[#path] = nil
    state[name] = "done"
    steps[#steps + 1] = { plugin = plugin, role = plugin.declaration.provides, wants = wants }
  end

  for _, plugin in ipairs(selected) do visit(plugin) end
  return steps
end

-- Options ---------------------------------------------------------------------------------------------

local function convert(option, text, where)
  local value = text
  if type(text) == "string" then
    if option.type == "integer" then
      value = math.tointeger(tonumber(text)) or text
    elseif option.type == "number" then
      value = tonumber(text) or text
    elseif option.type == "boolean" then
      if text == "true" or text == "yes" or text == "1" then value = true end
      if text == "false" or text == "no" or text == "0" then value = false end
    elseif option.type == "file" and text ~= "" then
      local bytes, message = system.read(text)
      if not bytes then fail("%s: %s", where, message) end
      value = bytes
    end
  end
  local fault = declaration.option_fault(option, value)
  if fault and not (option.type == "file" and value == "") then fail("%s: it %s, and '%s' is not", where, fault, tostring(text)) end
  return value
end

-- Fills step.options with defaults and what was set; an option that nothing declares is an error.
local function set_options(self, steps, set)
  local by_name = {}
  for _, step in ipairs(steps) do
    step.options, step.option_files = {}, {}
    for name, option in pairs(step.plugin.declaration.options) do step.options[name] = option.default end
    by_name[step.plugin.name] = step
    by_name[step.role] = by_name[step.role] or step
  end
  for _, key in ipairs(names_of(set or {})) do
    local name, option_name = key:match("^([%w_]+)%.([%w_]+)$")
    if not name then fail("--set %s: write PLUGIN.OPTION=VALUE", key) end
    local step = by_name[name]
    local plugin = step and step.plugin or self.by_name[name]
    if not plugin then fail("--set %s: there is no plugin '%s'.%s", key, name, nearest.hint(name, known_names(self))) end
    must_be_ready(plugin, "")
    local option = plugin.declaration.options[option_name]
    if not option then
      local names = names_of(plugin.declaration.options)
      fail("--set %s: plugin %s has no option '%s'.%s", key, plugin.name, option_name,
        #names == 0 and " It has none at all." or nearest.hint(option_name, names) .. " Its options: " .. table.concat(names, ", "))
    end
    local value = convert(option, set[key], "--set " .. key)
    if step then step.options[option_name] = value end
    if step and option.type == "file" and set[key] ~= "" then step.option_files[option_name] = set[key] end
  end
end

-- Two plugins can't fill one table, be it in one plan, or one after the other in one corpus.
local function check_tables(self, steps, present)
  local owners, planned = {}, {}
  for _, step in ipairs(steps) do planned[step.role] = true end
  for _, role in ipairs(names_of(present)) do
    local plugin = not planned[role] and self.by_name[present[role]]
    for _, result in ipairs(plugin and plugin.declaration and plugin.declaration.tables or {}) do owners[result.name] = plugin.name end
  end
  for _, step in ipairs(steps) do
    for _, result in ipairs(step.plugin.declaration.tables) do
      if owners[result.name] then fail("plugins %s and %s both declare the table %s", owners[result.name], step.plugin.name, result.name) end
      owners[result.name] = step.plugin.name
    end
  end
end

--- request: { plugins, use, set, paths, present = set of roles that the corpus holds } → steps, registry
function plan.make(request)
  local self = registry(request.paths)
  local chosen = read_use(self, request.use)
  local selected = select_plugins(self, request.plugins, chosen)
  -- A role that the corpus got from another plugin is brought up to date by that plugin.
  for role, plugin_name in pairs(request.present or {}) do
    local plugin = self.by_name[plugin_name]
    if not chosen[role] and plugin and plugin.state == "ready" and plugin.declaration.provides == role then chosen[role] = plugin end
  end
  local steps = order(self, selected, chosen, request.present or {})
  set_options(self, steps, request.set)
  check_tables(self, steps, request.present or {})
  return steps, self
end

return plan
