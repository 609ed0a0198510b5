-- The page: one HTML file with everything in it, that opens without a network. Sections in order; the articles last, for only then are all
-- the passages known that must be marked in them.

local data = require "annalist.data"
local escape = require "report.escape"
local overview = require "report.sections.overview"
local sources = require "report.sections.sources"
local entities = require "report.sections.entities"
local timeline = require "report.sections.timeline"
local discrepancies = require "report.sections.discrepancies"
local quotations = require "report.sections.quotations"
local others = require "report.sections.others"
local method = require "report.sections.method"
local articles = require "report.sections.articles"

local html = escape.html

local page = {}

local style, script

function page.load()
  style, script = data.read("report.css"), data.read("report.js")
end

-- Sections with what the navigation says about them; a section whose role did not run is left out
local function sections_of(model)
  local list = {}
  local function add(id, title, count, body)
    if body then list[#list + 1] = { id = id, title = title, count = count, html = body } end
  end
  local speakers = model.said
  add("overview", "Overview", nil, overview(model))
  add("timeline", "Timeline", #model.events, timeline(model))
  add("discrepancies", "Where articles differ", #model.discrepancies, discrepancies.differences(model))
  add("figures", "Figures", #model.figures, discrepancies.figures(model))
  add("entities", "People and places", #model.entities, entities(model))
  add("quotations", "Quotations", speakers, quotations(model))
  for _, other in ipairs(others(model)) do add(other.id, other.title, other.count, other.html) end
  add("sources", "Sources", #model.articles, sources(model))
  add("method", "How this was made", nil, method(model))
  add("articles", "The articles", #model.articles, articles(model))
  return list
end

--- The whole page as a string.
function page.build(model, title)
  local list, nav, body = sections_of(model), {}, {}
  for i, section in ipairs(list) do
    nav[i] = ('<li><a href="#%s">%s<span>%s</span></a></li>'):format(section.id, html(section.title), section.count or "")
    body[i] = section.html
  end
  return table.concat {
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\n',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; script-src \'unsafe-inline\'">\n',
    '<meta name="referrer" content="no-referrer"><title>', html(title), "</title>\n<style>\n", style, "</style></head>\n<body>\n",
    '<a class="skip" href="#overview">To the report</a>\n<nav aria-label="Sections"><h1>', html(title), "</h1><ol>", table.concat(nav),
    "</ol><p>Made by annalist. One file, no network: keep it, print it, hand it on.</p></nav>\n<main>\n", table.concat(body), "</main>\n<script>\n", script, "</script>\n</body></html>\n",
  }
end

return page
