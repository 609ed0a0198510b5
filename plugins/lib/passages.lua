-- Passages of an article's text: paragraphs as a reader sees them, and the key under which two lines are
-- "the same line". Knows bytes and line ends only; what a paragraph means is layout's business.

local lpeg = require "lpeg"
local text = require "annalist.text"

local R, C, Ct = lpeg.R, lpeg.C, lpeg.Ct

local passages = {}

local find, sub, byte = string.find, string.sub, string.byte

--- Lines of a text that aren't blank, without the white space about them.
-- @return list of { first, last, text, blank = blank lines before, indent = bytes of space before }
function passages.lines(s)
  local lines, at, blank = {}, 1, 0
  local size = #s
  local line_end, plain = "\n", true      -- by far the most texts have no other, and a plain byte is found at once
  if find(s, "\r", 1, true) then line_end, plain = "[\r\n]", false end
  while at <= size do
    local stop = find(s, line_end, at, plain) or size + 1
    local first = find(s, "[^%s]", at)
    if first and first < stop then
      local last = stop - 1
      while find(s, "^%s", last) do last = last - 1 end
      lines[#lines + 1] = { first = first, last = last, text = sub(s, first, last), blank = blank, indent = first - at }
      blank = 0
    else
      blank = blank + 1
    end
    at = stop + 1
    if byte(s, stop) == 13 and byte(s, at) == 10 then at = at + 1 end
  end
  return lines
end

-- Ends as prose does not: "… to the office of Harbour and" / "Coast Guard affairs …"
local function runs_on(line, following)
  return not find(line.text, "[.!?:\"'%)]$") and find(following.text, "^[%l%d%(\"']")
end

--- Is this text broken by hand at a fixed width, so that a line is no paragraph? Old wires and mails are:
-- lines of nearly one length that end in the middle of a sentence.
function passages.is_wrapped(lines)
  local adjacent, run_on, longest = 0, 0, 0
  for i = 1, #lines do
    local n = #lines[i].text
    if n > longest then longest = n end
    local following = lines[i + 1]
    if following and following.blank == 0 then
      adjacent = adjacent + 1
      if runs_on(lines[i], following) then run_on = run_on + 1 end
    end
  end
  local narrow = longest <= 100
  return narrow and adjacent >= 2 and run_on * 4 >= adjacent, longest, narrow and run_on > 0
end

-- In a wrapped text: does `following` go on with the paragraph of `line`? In one that is mostly a table, only where a sentence plainly does
local function same_paragraph(line, following, longest, wrapped, indented)
  if not wrapped then return following.blank == 0 and following.indent <= line.indent and #line.text > 45 and runs_on(line, following) end
  if following.blank > 0 or following.indent >= line.indent + 2 then return false end
  if following.indent == 0 and line.indent >= 2 and not line.opens then return false end
  if indented and following.indent == 0 and not find(line.text, "[.!?:\"')-]$") then return true end
  return #line.text * 2 > longest or runs_on(line, following)
end

--- The paragraphs of a text: its lines, or in a text wrapped by hand the runs of lines that belong together.
-- @return list of { first, last, text, blank }; `text` holds the line ends as spaces, so that offsets stay
function passages.paragraphs(s)
  local lines = passages.lines(s)
  local wrapped, longest, partly = passages.is_wrapped(lines)
  if not wrapped and not partly then return lines end
  local indented = false      -- paragraphs begin with an indent
  for i = 2, #lines do indented = indented or lines[i].indent >= 2 and lines[i].blank == 0 end
  local paragraphs, open, last_line = {}, nil, nil
  for i = 1, #lines do
    local line = lines[i]
    if open and same_paragraph(last_line, line, longest, wrapped, indented) then
      open.last = line.last
      line.opens = false
      if last_line.opens and line.indent < last_line.indent then line.indent = 0 end
    else
      open = { first = line.first, last = line.last, blank = line.blank }
      paragraphs[#paragraphs + 1] = open
      line.opens = true
    end
    last_line = line
  end
  for i = 1, #paragraphs do
    local p = paragraphs[i]
    p.text = sub(s, p.first, p.last):gsub("%s", " ")
  end
  return paragraphs
end

-- A word goes on to the next punctuation or space: of ASCII, of the general block (dashes, curly quotes, bullets: U+2000..U+206F) or « » ·
local between = R("\0/", ":@", "[`", "{\127") + lpeg.P "\xE2" * R "\x80\x81" * R "\x80\xBF" + lpeg.P "\xC2" * R "\xA0\xBF"
local plain_byte = R("09", "AZ", "az", "\128\193", "\195\225", "\227\255")
local word = (plain_byte ^ 1 + (1 - between)) ^ 1
local all_words = Ct((between ^ 0 * C(word)) ^ 0)

--- The words of a line in folded case, without punctuation.
function passages.words(s) return all_words:match(text.fold(s)) end

--- The key of a line: its words, so that ‘The port’s end’ and "The port's end" agree.
function passages.key(s) return table.concat(passages.words(s), " ") end

--- The same with the digits of phrases as 0: "12 comments" and "3 comments" are one piece of furniture. A line with several figures
-- is left as it is: in "Tonnes 14.2 against 13.9" they are the news.
function passages.pattern_key(s)
  local key = passages.key(s)
  local plain, runs = key:gsub("%d+", "0")
  return runs == 1 and plain or key
end

return passages
