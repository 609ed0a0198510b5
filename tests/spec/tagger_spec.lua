-- annalist.tagger: a plugin's own labels, its lexicon, its mistakes.

local tagger = require "annalist.tagger"

local function words(s)
  local list = {}
  for word in s:gmatch("%S+") do list[#list + 1] = word end
  return list
end

local WEATHER = {
  { tokens = words "Heavy rain fell on Monday", labels = words "hit hit O O day" },
  { tokens = words "Snow fell on Friday night", labels = words "hit O O day day" },
  { tokens = words "Heavy snow came on Sunday", labels = words "hit hit O O day" },
}

local function weather(more)
  local options = { templates = "lower lower[-1] suffix3 brief", bits = 10, iterations = 30, sentences = WEATHER }
  for key, value in pairs(more or {}) do options[key] = value end
  return tagger.train(options)
end

describe("annalist.tagger", function()
  it("learns labels that a plugin made up, and says how sure it is", function()
    local labels, scores = weather():tag(words "Heavy rain came on Friday")
    assert.same(words "hit hit O O day", labels)
    for _, score in ipairs(scores) do assert.is_true(score > 0.3 and score <= 1.001) end
  end)

  it("cuts out the capitalised words, each with the word before it", function()
    local firsts, words_found, befores = tagger.capitals("Gov. Ann Lee-Moyo met “Émile” of al-Karim")
    assert.same({ 1, 6, 10, 14, 26, 42 }, firsts)
    assert.same({ "Gov", "Ann", "Lee", "Moyo", "Émile", "Karim" }, words_found)
    assert.same({ false, "Gov.", "Ann", "Lee", false, "al" }, befores)
    assert.same({}, (tagger.capitals("none")))
  end)

  it("takes labels in B- and I- for spans and gives them back so", function()
    local model = tagger.train { templates = "lower lower[-1] brief class", bits = 12, iterations = 30,
      lexicon = { { class = "ship", "Sea Star", "Kestrel" } },
      sentences = {
        { tokens = words "The Sea Star sank off Brill", labels = words "O B-ship I-ship O O O" },
        { tokens = words "The Kestrel sailed", labels = words "O B-ship O" },
        { tokens = words "The Minister sailed", labels = words "O O O" },
      } }
    assert.same(words "O B-ship O", (model:tag(words "The Kestrel sank")))
    assert.same({ "ship" }, model:classes("sea star"))
    assert.same({}, model:classes("Sea"))
    assert.same({ true, false, false }, { model:is("SEA STAR", "port", "ship"), model:is("Sea Star", "port"), model:is("Sea", "ship") })
    local text = "Off Brill, the Sea Star sank."
    local firsts, lasts, kinds = model:spans(text)
    assert.same({ "Sea Star", "ship" }, { text:sub(firsts[1], lasts[1]), kinds[1] })
  end)

  it("carries what it learnt of one word of a group over to the others", function()
    local function hit(groups)
      local model = tagger.train { templates = "lower group group[-1]", bits = 12, iterations = 30, groups = groups,
        sentences = {
          { tokens = words "hail battered Brill", labels = words "hit O O" }, { tokens = words "tourists visited Brill", labels = words "O O O" },
          { tokens = words "hail came", labels = words "hit O" }, { tokens = words "farmers came", labels = words "O O" },
        } }
      return model, (model:tag(words "Sleet came"))
    end
    local model, labels = hit { { group = "weather", "hail", "sleet" }, { group = "people", "tourists", "farmers" } }
    assert.same(words "hit O", labels)
    local again = tagger.load(model:save())
    assert.same(labels, (again:tag(words "Sleet came")))
    assert.same({ "weather" }, { again:group("SLEET"), again:group("came") })
    assert.not_same(labels, select(2, hit { { group = "weather", "hail" }, { group = "people", "tourists", "farmers", "sleet" } }))
  end)

  it("gives the same bytes for the same training, and other bytes for another seed", function()
    assert.equal(weather():save(), weather():save())
    assert.not_equal(weather { seed = 1, word_dropout = 0.5 }:save(), weather { seed = 2, word_dropout = 0.5 }:save())
  end)

  it("loads what it saved, and refuses what it didn't", function()
    local model = weather()
    local again = tagger.load(model:save())
    assert.same((model:tag(words "Snow came on Monday")), (again:tag(words "Snow came on Monday")))
    assert.has_error(function() tagger.load(model:save():sub(1, -20)) end, "the tagger's model is cut short or damaged")
    assert.has_error(function() tagger.load("nothing") end, "not a tagger's model of version 2")
  end)

  it("leans to a kind as far as it is told", function()
    local function ships(by)
      local model = tagger.train { templates = "lower brief", bits = 10, iterations = 5,
        sentences = { { tokens = words "The Kestrel sailed", labels = words "O B-ship O" }, { tokens = words "the rain fell", labels = words "O O O" } } }
      model:lean("ship", by)
      return #(model:spans("the Osprey and the Heron and rain fell"))
    end
    assert.is_true(ships(-20) == 0 and ships(20) > 2)
    assert.has_error(function() weather():lean("hit", 1) end)
  end)

  it("says what is wrong with a call", function()
    assert.has_error(function() weather { templates = "lower colour" } end, "template: no attribute is named 'colour'")
    assert.has_error(function() weather { sentences = {} } end, "train: there is not one label to learn")
    assert.has_error(function() weather { sentences = { { tokens = words "one two", labels = words "a" } } } end)
    assert.has_error(function() weather():spans("no spans in this model") end)
  end)
end)
