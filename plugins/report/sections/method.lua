-- What ran, and what failed: so that a reader knows what the report rests on.

local escape = require "report.escape"
local parts = require "report.parts"

local html = escape.html

return function(model)
  local rows, failures = {}, {}
  for i, p in ipairs(model.plugins) do rows[i] = { html(p.role or ""), html(p.plugin), html(p.version or ""), html(p.status) } end
  for i, e in ipairs(model.errors) do
    if i > 200 then break end
    local article = e.article_id and model.by_id[e.article_id]
    failures[i] = { html(e.plugin), article and parts.chip(article) or "", html(e.message) }
  end
  local body = parts.table({ "Role", "Plugin", "Version", "Status" }, rows, "narrow")
  if #failures > 0 then body = body .. "<h3>Failures</h3>" .. parts.table({ "Plugin", "Article", "Message" }, failures, "narrow") end
  return parts.section("method", "How this was made",
    "By annalist, by rules and small models, without a reader’s judgement. What it says is a reading of these articles, not of the world: follow the links before you rely on it.", body)
end
