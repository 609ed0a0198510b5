-- The smallest pieces of every language's grammar: white space, letters, word lists as LPeg patterns.
-- A word list becomes a pattern shaped like a trie, so that looking for one of 300 words costs no more than the
-- longest of them; nothing here can be made to backtrack further than a word.

local lpeg = require "lpeg"
local text = require "annalist.text"

local P, R, S, Cc = lpeg.P, lpeg.R, lpeg.S, lpeg.Cc

local terminals = {}

local digit = R "09"

-- Bytes of a word in UTF-8: ASCII letters, and everything past ASCII but general punctuation (U+2000 to U+203F: dashes,
-- quotation marks), and U+0080 to U+00BF (no-break space, guillemets).
local wide = (R "\195\244" - P "\226\128") * R "\128\191" ^ 1
local letter = R("az", "AZ") + wide
terminals.digit, terminals.letter = digit, letter
terminals.word_end = -(letter + digit)

-- White space inside an expression: one line end at most, since a blank line ends a paragraph.
local blank = S " \t" + P "\194\160" + P "\226\128\175"
local newline = P "\r" ^ -1 * P "\n"
terminals.gap = blank ^ 1 * (newline * blank ^ 0) ^ -1 * -S "\r\n" + newline * blank ^ 0 * -S "\r\n"
terminals.dash = P "-" + P "\226\128\147" + P "\226\128\148" + P "\226\128\145"
terminals.hyphen = P "-" + P "\226\128\145" + P "\226\128\144"
terminals.apostrophe = P "'" + P "\226\128\153"

-- One character as it may stand in the text. cased: a capital must be a capital.
local function character(c, cased)
    if c == " " then return terminals.gap end
    if c == "'" then return terminals.apostrophe end
    if c == "-" then return terminals.hyphen end
    local lower, upper = text.lower(c), text.upper(c)
    if lower == upper or (cased and c == upper) then return P(c) end
    return P(lower) + P(upper)
end

-- node: { children in order of insertion, by character, what may follow the word that ends here }
local function insert(root, word, follow)
    local node = root
    for c in word:gmatch(utf8.charpattern) do
        local child = node.by[c]
        if not child then
            child = { by = {}, order = {} }
            node.by[c] = child
            node.order[#node.order + 1] = c
        end
        node = child
    end
    node.follow = node.follow and node.follow + follow or follow
end

-- Choices between ASCII letters, halved again and again: no two of them can begin alike, so that their order is free, and the
-- letter at hand is found in five tests instead of up to 26.
local function by_letter(branches, low, high)
    if high - low < 3 then
        local result = branches[low].pattern
        for i = low + 1, high do result = result + branches[i].pattern end
        return result
    end
    local middle = (low + high) // 2
    local lower_half = P(false)
    for i = low, middle do lower_half = lower_half + branches[i].first end
    return #lower_half * by_letter(branches, low, middle) + by_letter(branches, middle + 1, high)
end

local function pattern_of(node, cased, boundary)
    local result
    local letters = {}
    local function add(branch) result = result and (result + branch) or branch end
    for _, c in ipairs(node.order) do
        local first = character(c, cased)
        local branch = first * pattern_of(node.by[c], cased, boundary)
        if c:find "^%a$" then letters[#letters + 1] = { first = first, pattern = branch } else add(branch) end
    end
    if #letters > 0 then
        local among = by_letter(letters, 1, #letters)
        result = result and (among + result) or among
    end
    if node.follow then add(boundary * node.follow) end
    return result or P(false)
end

-- A pattern for any of the entries { word, what must follow it }, the longest first. Words with a capital match only so ("March");
-- others in any case.
function terminals.any_before(entries)
    local cased, uncased = { by = {}, order = {} }, { by = {}, order = {} }
    for _, entry in ipairs(entries) do
        insert(text.lower(entry[1]) ~= entry[1] and cased or uncased, entry[1], entry[2])
    end
    local result
    if #cased.order > 0 then result = pattern_of(cased, true, terminals.word_end) end
    if #uncased.order > 0 then
        local other = pattern_of(uncased, false, terminals.word_end)
        result = result and (result + other) or other
    end
    return result or P(false)
end

-- A pattern for any of the words.
function terminals.any_of(words)
    local entries = {}
    for i, word in ipairs(words) do entries[i] = { word, P(true) } end
    return terminals.any_before(entries)
end

-- The words of a string, parted by "|": word "last|past|previous"
function terminals.word(list)
    local words = {}
    for w in list:gmatch "[^|]+" do words[#words + 1] = w end
    return terminals.any_of(words)
end

-- Does the text before here end so? behind "after midnight|past midnight"; letter for letter.
function terminals.behind(list)
    local result = P(false)
    for passage in list:gmatch "[^|]+" do result = result + lpeg.B(P(passage)) end
    return result
end

-- A lexicon from rows { class, word, value }: lexicon.class is a pattern that captures the word's value, and
-- lexicon.words.class the words. Values that read as integers are integers. The values stand in the pattern itself: a table
-- beside it would have to be looked at after each article.
function terminals.lexicon(rows)
    local words, entries, classes = {}, {}, {}
    for _, row in ipairs(rows) do
        local class, word, value = row[1], row[2], row[3]
        if not words[class] then
            words[class], entries[class] = {}, {}
            classes[#classes + 1] = class
        end
        table.insert(words[class], word)
        table.insert(entries[class], { word, Cc(math.tointeger(tonumber(value)) or value) })
    end
    local lexicon = { words = words }
    for _, class in ipairs(classes) do lexicon[class] = terminals.any_before(entries[class]) end
    return lexicon
end

return terminals
