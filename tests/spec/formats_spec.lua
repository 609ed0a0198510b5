-- Rows in six formats.

local formats = require "annalist.formats"
local json = require "annalist.json"

local columns = { "id", "name", "note" }

local function write(format, rows, width)
  local out = {}
  local i = 0
  formats.write(format, columns, function()
    i = i + 1
    return rows[i]
  end, function(...) out[#out + 1] = table.concat { ... } end, width)
  return table.concat(out)
end

describe("a table", function()
  it("aligns by the width on the screen, numbers to the right", function()
    assert.are.equal(table.concat({
      "id  name    note",
      "--  ------  ----",
      " 7  Бишкек",
      "12  日本    x",
      "",
    }, "\n"), write("table", { { 7, "Бишкек" }, { 12, "日本", "x" } }))
  end)

  it("is cut to the terminal, the widest column first", function()
    local long = ("very "):rep(40)
    for line in write("table", { { 1, long, "short" } }, 40):gmatch("[^\n]+") do
      assert.is_true(require("annalist.text").width(line) <= 40, line)
    end
  end)

  it("can't be made to steer the terminal by what stands in an article", function()
    local shown = write("table", { { 1, "red \27[31mtext\27[0m\a", "\xc2\x9b31m \u{202E}backwards" } })
    assert.is_nil(shown:find("[\27\a]"))
    assert.is_nil(shown:find("\xc2\x9b", 1, true))
  end)

  it("puts a text of several lines on one", function()
    local _, lines = write("table", { { 1, "first\nsecond\r\nthird", "" } }):gsub("\n", "")
    assert.are.equal(3, lines)
  end)
end)

describe("JSON", function()
  it("keeps integers, floats and null apart, and the order of the columns", function()
    local out = write("json", { { 9007199254740993, json.null, 1.0 } })
    assert.are.equal('[\n{"id":9007199254740993,"name":null,"note":1}\n]\n', out)
    assert.are.equal("[]\n", write("json", {}))
  end)

  it("is one object a line as jsonl", function()
    local out = write("jsonl", { { 1, 'a "b"\n', "" }, { 2, "", json.null } })
    local read = {}
    for line in out:gmatch("[^\n]+") do read[#read + 1] = json.decode(line) end
    assert.are.equal('a "b"\n', read[1].name)
    assert.are.equal(2, read[2].id)
  end)

  it("is valid also when a text is not, and when a number is none", function()
    local read = json.decode(write("json", { { 0 / 0, "ab\xff", math.huge } }))
    assert.are.equal("ab\u{fffd}", read[1].name)
    assert.are.equal(json.null, read[1].id)
  end)
end)

describe("CSV and TSV", function()
  it("quote what needs it, and tell NULL from an empty text", function()
    assert.are.equal('id,name,note\r\n1,"a,b","say ""yes"""\r\n,"","two\nlines"\r\n',
      write("csv", { { 1, "a,b", 'say "yes"' }, { json.null, "", "two\nlines" } }))
  end)

  it("escape tabs and line ends in TSV", function()
    assert.are.equal("id\tname\tnote\n1\ta\\tb\\\\\t\\N\n", write("tsv", { { 1, "a\tb\\", json.null } }))
  end)
end)

describe("Markdown", function()
  it("shows every text as it is, whatever marks it has", function()
    assert.are.equal("| id | name | note |\n| --- | --- | --- |\n| 1 | a\\|b \\*c\\* | \\<script\\><br>x |\n",
      write("markdown", { { 1, "a|b *c*", "<script>\nx" } }))
  end)
end)
