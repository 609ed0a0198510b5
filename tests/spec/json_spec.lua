-- JSON as scripts, formats and gold readings use it.

local json = require "annalist.json"

describe("json.decode", function()
  it("keeps integers integers and floats floats", function()
    local value = json.decode('[12, -7, 9007199254740993, 12.0, 1e2]')
    assert.are.equal("integer", math.type(value[1]))
    assert.are.equal(9007199254740993, value[3])
    assert.are.equal("float", math.type(value[4]))
    assert.are.equal(100.0, value[5])
  end)

  it("reads null as the one null value, so that a list keeps its length", function()
    local value = json.decode("[1, null, 3]")
    assert.are.equal(3, #value)
    assert.are.equal(json.null, value[2])
  end)

  it("reads escapes, also a character in two halves", function()
    assert.are.equal("a\"b\\c/\n\u{e9}\u{1F600}", json.decode([["a\"b\\c\/\n\u00e9\ud83d\ude00"]]))
  end)

  it("refuses what is no JSON, and names the line", function()
    for _, text in ipairs { "", "{", "[1,]", "[1 2]", "{'a':1}", "01", "1.", "+1", "nul", '"a', '"\n"', '"\\x"',
      '"\\ud800"', "[1] 2", "\xff", "NaN", '{"a" 1}' } do
      local ok, message = pcall(json.decode, text)
      assert.is_false(ok, text)
      assert.matches("^line %d+: ", message)
    end
    local _, message = pcall(json.decode, "[1,\n2,\n!]")
    assert.matches("^line 3: ", message)
  end)

  it("stops at nesting that would exhaust the stack", function()
    assert.has_error(function() json.decode(("["):rep(100000)) end)
  end)
end)

describe("json.encode", function()
  it("writes an object's keys in order", function()
    assert.are.equal('{"a":1,"b":[true,null],"c":"x"}', json.encode { c = "x", b = { true, json.null }, a = 1 })
  end)

  it("tells an empty array from an empty object, and keeps what it read", function()
    assert.are.equal("[]", json.encode {})
    assert.are.equal("{}", json.encode(json.object {}))
    assert.are.equal('{"a":{},"b":[]}', json.encode(json.decode '{"a":{},"b":[]}'))
  end)

  it("writes floats so that they come back the same", function()
    for _, number in ipairs { 0.1, 1 / 3, 1e300, -2.5, 123456789.123456789 } do
      assert.are.equal(number, json.decode(json.encode(number)))
    end
  end)

  it("escapes control characters and the end of a script element", function()
    assert.are.equal([["tab\t \u0001 <\/script>"]], json.encode("tab\t \1 </script>"))
  end)

  it("refuses what JSON can't hold", function()
    for _, value in ipairs { 0 / 0, math.huge, "\xff", print, { [1.5] = true }, { [true] = 1 } } do
      assert.is_false(pcall(json.encode, value))
    end
    local loop = {}
    loop[1] = loop
    assert.is_false(pcall(json.encode, loop))
  end)
end)
