-- report: everything that was found, as one HTML file that opens offline, and the same as Markdown and JSON. A plugin that nobody here knows
-- shows up with its tables; a role that did not run is left out.

local digest = require "report.digest"
local genre = require "report.genre"
local markdown = require "report.markdown"
local model = require "report.model"
local page = require "report.page"
local record = require "report.record"
local statements = require "report.statements"

return {
  name = "report", version = 1, api = 1,
  summary = "The report: HTML that opens offline, Markdown and JSON",
  provides = "report",
  needs = { "layout", "sentences", "duplicates", "timex", "published", "entities", "names", "quotations", "figures", "discrepancies", "timeline" },
  wants = { "*" },
  options = {
    title = { type = "string", default = "News report", help = "title of the report" },
    rows = { type = "integer", default = 500, min = 1, max = 100000, help = "rows shown of a table that the report doesn't know" },
  },
  results = {},

  prepare = function(_)
    page.load()
    statements.load()
    digest.load()
    genre.load()
  end,

  corpus = function(ctx, corpus)
    local title = ctx:option("title")
    local all = model.read(ctx, corpus, ctx:option("rows"))
    ctx:write("report.html", page.build(all, title))
    ctx:write("report.md", markdown.build(all, title))
    ctx:write("report.json", record.build(all, title))
  end,
}
