-- A name is of one kind all over the corpus, unless the texts say that there are two.

local system = require "annalist.system"

package.path = system.join(system.plugins(), "?.lua") .. ";" .. system.join(system.plugins(), "?/init.lua") .. ";" .. package.path
local forms = require "lib.names.forms"
local kinds = require "names.kinds"
local matcher = require "lib.names.matcher"
local reading = require "names.reading"

local known = forms.new(matcher.new())

-- Mentions of one article, "person Ann Lee" each; "title" makes it one with an honorific
local function article(...)
  local record = { persons = {}, groups = {}, others = {} }
  for i, text in ipairs { ... } do
    local kind, name = text:match("^(%S+) (.+)$")
    local title = kind == "titled" and { sex = "m", offices = {} } or nil
    kind = title and "person" or kind
    local list = kind == "person" and record.persons or record.groups
    list[#list + 1] = reading.of_kind(kind, { first = i * 10, last = i * 10 + 5, form = known:of(name), title = title })
  end
  return record
end

local function kinds_of(articles, name)
  kinds.settle(articles)
  local seen = {}
  for _, record in ipairs(articles) do
    for _, list in ipairs { record.persons, record.groups } do
      for _, mention in ipairs(list) do
        if mention.form.name == name then
          seen[#seen + 1] = mention.kind
        end
      end
    end
  end
  return table.concat(seen, " ")
end

describe("the kind of a name", function()
  it("is the organisation's where a longer name and other articles say so", function()
    assert.equal("organisation organisation",
      kinds_of({ article("organisation Norlin Shipping", "organisation Norlin"), article("person Norlin") }, "Norlin"))
  end)

  it("is the person's whose family name it is", function()
    assert.equal("person person", kinds_of({ article("person Omar Hadi", "person Hadi"), article("organisation Hadi") }, "Hadi"))
  end)

  it("stays where a title says that there are both", function()
    assert.equal("person organisation organisation organisation organisation", kinds_of({ article("titled Norlin"),
      article("organisation Norlin", "organisation Norlin", "organisation Norlin Shipping"), article("organisation Norlin", "organisation Norlin") }, "Norlin"))
  end)

  it("is no place where it is a firm as often and has a longer name", function()
    assert.equal("organisation organisation", kinds_of({ article("organisation Norlin Shipping", "organisation Norlin"), article("place Norlin") }, "Norlin"))
    assert.equal("organisation place place", kinds_of({ article("organisation Alta Shipping", "organisation Alta"), article("place Alta", "place Alta") }, "Alta"))
  end)

  it("of a place is left alone", function()
    assert.equal("person place", kinds_of({ article("person Alta"), article("place Alta") }, "Alta"))
  end)
end)
