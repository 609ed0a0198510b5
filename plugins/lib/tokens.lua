-- Words and punctuation of a stretch of text, fast, for plugins that read sentences by rule (quotations, figures).
-- Finer than annalist.text.words where such rules need it: punctuation by its kind, money signs, numbers with their points
-- and commas as one token ("1,211", "24.5"), "don't" and "vice-president" as one word. Knows bytes and LPeg, nothing else.

local lpeg = require "lpeg"
local P, R, S, Cp, Cc, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.Cp, lpeg.Cc, lpeg.Ct

local M = {}

local cont = R("\128\191")
-- A letter beyond ASCII: U+00C0 and up but for the blocks of punctuation (U+2000 to U+2BFF, U+3000).
local high = R("\195\223") * cont + (R("\224\225") + R("\228\239")) * cont * cont + P("\227") * (cont - P("\128")) * cont
  + P("\226") * R("\176\191") * cont + R("\240\247") * cont * cont * cont
local letter = R("az", "AZ") + high
local digit = R("09")
local apostrophe = P("'") + P("’")
local joint = apostrophe + P("-") + P("\226\128\145") + P("&") + P("_")

-- "Petrova's", "vice-president", "U.S", "A.M", "F16"
local word = letter * (letter + digit + joint * #(letter + digit) + P(".") * #(letter * P(".")))^0
-- "590", "1,211", "24.5", "2,000,000"; "19-year-old" goes on as a word of its own kind
local number = digit^1 * (S(".,") * #digit * digit^1)^0
local ordinal = P("st") + P("nd") + P("rd") + P("th")
local aged = number * (S("-") + P("\226\128\145") + P("–")) * letter * (letter + joint * #letter)^0

local space = S(" \t\r\n\v\f") + P("\194\160") + P("\226\128") * R("\128\139") + P("\226\128\175") + P("\239\187\191") + P("\227\128\128")
local dash = P("—") + P("–") + P("--") * P("-")^0 + P("―") + P("−")
local mark = P("“") + P("”") + P("„") + P("‟") + P("″") + P("«") + P("»") + P("‘") + P("’") + P("‚") + P("‹") + P("›")
  + P("''") + P("``") + S("\"'`")
local stop = P("...") * P(".")^0 + P("…") + S(".?!") + P("。")

local function kind(name, pattern) return Cp() * Cc(name) * pattern end

local token = kind("a", aged) + kind("n", number * -(ordinal + letter)) + kind("o", digit^1 * ordinal * -letter)
  + kind("w", word) + kind("w", digit * (letter + digit)^1) + kind("m", mark) + kind(".", stop) + kind(",", P(",")) + kind(";", P(";"))
  + kind(":", P(":")) + kind("-", dash + P("-")) + kind("(", S("([")) + kind(")", S(")]")) + kind("$", S("$") + P("€") + P("£") + P("¥"))
  + kind("%", P("%")) + kind("s", P(1) * cont^0)
local grammar = space^0 * Ct((token * Cp() * space^0)^0)

--- The tokens of text:sub(first, last), as three arrays: kinds, firsts, lasts (bytes of text, 1-based, both ends included), and their number.
-- Kinds: "w" word, "n" number, "o" ordinal in digits, "a" number joined to words ("19-year-old"), "m" quotation mark or apostrophe,
-- "." "," ";" ":" "(" ")" "-" "$" "%" themselves and their like, "s" any other sign.
function M.scan(text, first, last)
  local flat = grammar:match(text:sub(first, last))
  local kinds, firsts, lasts, n = {}, {}, {}, 0
  local shift = first - 1
  for i = 1, #flat, 3 do
    n = n + 1
    firsts[n], kinds[n], lasts[n] = flat[i] + shift, flat[i + 1], flat[i + 2] - 1 + shift
  end
  return kinds, firsts, lasts, n
end

return M
