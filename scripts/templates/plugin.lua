-- NAME: percentages with the words around them. Made by `annalist new`; put your own analysis in its place.
-- Tables, ctx and what a plugin may use: docs/writing-plugins.md.

local lpeg = require "lpeg"

local P, R, S, C, Cp = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cp

local digit = R "09"
local number = digit ^ 1 * (S ".," * digit ^ 1) ^ -1  -- "12", "3.5", "3,5"
local sign = P " " ^ -1 * P "%"                       -- "12%", "12 %"
local word = P " " * (P "percent" + P "per cent")     -- "12 percent"
local letter = R("az", "AZ")
local percentage = C(number) * (sign + word * -letter)

-- Positions are bytes, from 1, both ends included: where it begins, the number, where it ends.
local place = Cp() * percentage * Cp()
local next_place = P { place + 1 * lpeg.V(1) }

return {
  name = "NAME", version = 1, api = 1,
  summary = "Percentages, as numbers with their place",
  needs = { "sentences" },
  options = {
    minimum = { type = "number", default = 0, help = "leave out what is smaller than this" },
  },
  results = {
    NAME = { { "article_id", "integer" }, { "first", "integer" }, { "last", "integer" }, { "value", "number!" } },
  },

  -- Called once for each article; `ctx:rows` sees this article's rows alone.
  article = function(ctx, article)
    for sentence in ctx:rows("select first, last from sentence order by first") do
      local text = article.text:sub(sentence.first, sentence.last)
      local from = 1
      while true do
        local first, digits, after = next_place:match(text, from)
        if not first then break end
        local value = tonumber((digits:gsub(",", ".")))
        if value >= ctx:option("minimum") then
          ctx:emit("NAME", { first = sentence.first + first - 1, last = sentence.first + after - 2, value = value })
        end
        from = after
      end
    end
  end,
}
