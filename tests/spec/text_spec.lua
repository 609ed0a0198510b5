-- annalist.text and annalist.similarity as Lua sees them: positions are bytes from 1, both ends included; nothing fails on bad bytes.

local text = require "annalist.text"
local similarity = require "annalist.similarity"

local function pieces(s, starts, ends)
  local list = {}
  for i = 1, #starts do list[i] = s:sub(starts[i], ends[i]) end
  return list
end

describe("annalist.text", function()
  it("gives words as arrays of first and last bytes", function()
    local s = "Ada didn’t pay 3.5 Žil."
    assert.same({ "Ada", "didn’t", "pay", "3.5", "Žil" }, pieces(s, text.words(s)))
    assert.same({ "pay", "3.5" }, pieces(s, text.words(s, 14, 20)))
    assert.same({}, pieces(s, text.words(s, 99)))
    assert.same({}, pieces("", text.words("")))
  end)

  it("names the kinds of tokens", function()
    local s = "Pay €12, now"
    local starts, ends, kinds = text.tokens(s)
    assert.same({ "Pay", "€", "12", ",", "now" }, pieces(s, starts, ends))
    assert.same({ "word", "symbol", "number", "punct", "word" }, kinds)
  end)

  it("finds words with which something can begin", function()
    local days = text.triggers { { "today" }, { "the", { "morning", "evening" } } }
    local s = "The dog slept today, until the Evening of 6 May."
    local places, at = {}, days:find(s, 1)
    while at do
      places[#places + 1] = at
      at = days:find(s, at, true)
    end
    assert.are.same({ 15, 28, 43 }, places)
    assert.is_nil(days:find(s, 60))
    assert.has_error(function() text.triggers { "today" } end)
    assert.has_error(function() text.triggers { { "" } } end)
    assert.has_error(function() days:find(s, 0) end)
  end)

  it("cuts sentences, with a set of abbreviations of one's own", function()
    local s = "He met Akad. Sor. They ate."
    assert.same({ "He met Akad.", "Sor.", "They ate." }, pieces(s, text.sentences(s)))
    local own = text.abbreviations { akad = "name" }
    assert.same({ "He met Akad. Sor.", "They ate." }, pieces(s, text.sentences(s, nil, nil, own)))
    assert.has_error(function() text.abbreviations { [1] = "name" } end)
    assert.has_error(function() text.abbreviations { akad = "nonsense" } end)
  end)

  it("keeps NUL bytes and mends bad ones", function()
    assert.equal("a\0b", text.lower("A\0B"))
    assert.same({ "a\u{FFFD}b", 1 }, { text.sanitize("a\xFFb") })
    assert.same({ false, 2 }, { text.valid("a\xFFb") })
    assert.is_true(text.valid("Žilina"))
    for _, name in ipairs { "lower", "upper", "title", "fold", "ascii", "latin", "key", "skeleton", "nfc", "shape", "normal_space", "script", "language", "length", "width" } do
      assert.has_no.errors(function() text[name]("\xC3\x28 \xF0\x9F\0 \xED\xA0\x80") end)
    end
  end)

  it("makes one key of a name in several scripts", function()
    assert.equal("zaparov", text.key("Жапаров"))
    assert.equal(text.skeleton("Zhaparov"), text.skeleton("Japarow"))
    assert.equal("Zilina", text.ascii("Žilina"))
    assert.equal("Zhaparov", text.transliterate("Жапаров", "ru-ru_Latn/BGN"))
    assert.has_error(function() text.transliterate("x", "No-Such-Transform") end)
  end)

  it("measures in characters and columns", function()
    assert.equal(6, text.length("Žilina"))
    assert.equal(4, text.width("東京"))
    assert.equal("Port El…", text.clip("Port Ellery votes", 8))
  end)

  it("reads a megabyte in well under a second", function()
    local s = ("The harbour council voted on Tuesday to close the old fish market. "):rep(16000)
    local before = os.clock()
    text.words(s)
    text.sentences(s)
    assert.is_true(os.clock() - before < 1)
  end)
end)

describe("annalist.similarity", function()
  it("counts edits in characters, up to a limit", function()
    assert.equal(1, similarity.levenshtein("Жапар", "Жаппар"))
    assert.equal(3, similarity.levenshtein("harbour", "market", 2))
    assert.equal(1, similarity.damerau("abcd", "acbd"))
  end)

  it("gives likenesses between 0 and 1", function()
    for _, name in ipairs { "ratio", "jaro", "jaro_winkler", "dice", "token_sort", "monge_elkan" } do
      assert.equal(1.0, similarity[name]("Ada Lind", "Ada Lind"), name)
      assert.equal(0.0, similarity[name]("ab", "xyz"), name)
      assert.equal(1.0, similarity[name]("", ""), name)
      local some = similarity[name]("Ada Lind", "Ada Lund")
      assert.is_true(some > 0 and some < 1, name)
    end
  end)

  it("aligns, shingles, hashes and finds passages in common", function()
    local list = similarity.alignment("añ", "ab")
    assert.same({ { op = "match", a_char = "a", b_char = "a" }, { op = "substitute", a_char = "ñ", b_char = "b" } }, list)
    local hashes = similarity.shingles("one two three four", 3)
    assert.equal(2, #hashes)
    assert.equal("integer", math.type(hashes[1]))
    assert.equal(8, #similarity.minhash(hashes, 8))
    assert.same({ { a = 2, b = 1, length = 3 } }, similarity.common_runs({ "x", "y", "z", "w" }, { "y", "z", "w", "x" }, 2))
    assert.equal(0.5, similarity.jaccard({ 1, 2, 3 }, { 2, 3, 4 }))
  end)
end)
