-- Grammars for what stands within a line or is the whole of it: a crawler's date stamp before the first sentence, an
-- agency's dateline, a byline, a picture credit, left-over markup. Positions are relative to the string given.

local lpeg = require "lpeg"
local P, R, S, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.Cp, lpeg.Ct

local parts = {}

local space = S " \t\194\160" ^ 1
local maybe_space = S " \t\194\160" ^ 0
local digit = R "09"
local upper = R "AZ" + P "\xC3" * R "\x80\x9E" + P "\xD0" * R "\x80\xAF" + P "\xCE" * R "\x91\xA9"
local letter = R("az", "AZ", "\128\255")
local dash = P "--" + P "-" + P "\xE2\x80\x93" + P "\xE2\x80\x94"      -- "-", "--", "–", "—"

-- 2019-03-02, 2019-03-02T21:00:00Z, 02.03.2019, 03/02/2019 21:30
local numeric_date = digit ^ 1 * S "-./" * digit ^ 1 * S "-./" * digit ^ 1 * (S "T " * digit * digit ^ -1 * P ":" * (digit + S ":.+-Z") ^ 1) ^ -1

-- "date 2019-03-02 " before "The council said …"; the sentence begins with a capital or a quotation mark
local stamp_word = (P "date" + P "Date" + P "DATE" + P "published" + P "Published" + P "posted" + P "Posted") * P ":" ^ -1 * space
local stamp = stamp_word ^ -1 * numeric_date * maybe_space * (dash + S "|:") ^ -1 * maybe_space * Cp() * #(upper + S "\"'" + P "\xE2\x80\x9C")

--- The first byte of the text proper after a crawler's date stamp, or nil.
function parts.after_stamp(s) return stamp:match(s) end

local closing = maybe_space * (dash + P ":") * maybe_space

-- NEW HARBOUR; Port-au-Prince; St. John's: words that begin with a capital, or small words between them
local small = P "of" + P "de" + P "la" + P "le" + P "the" + P "al" + P "el" + P "sur" + P "am" + P "and"
local rest_of_word = (letter + S "'.") ^ 0
local word = upper * rest_of_word * (P "-" * letter ^ 1) ^ 0
local place = word * (space * (word + small * #(space * upper))) ^ -4
local all_capitals = upper * (upper + S "'.") ^ 1 * ((space + P "-") * upper * (upper + S "'.") ^ 0) ^ -4
local year = P "," ^ -1 * space * digit * digit * digit * digit
local month = upper * letter ^ 2 * P "." ^ -1
local more_place = maybe_space * S ",/" * maybe_space * (place - month * space * digit)
local places = place * more_place ^ -2
local capital_places = all_capitals * more_place ^ -2

-- ", Oct. 5", " 5 October 2020", ", Monday"
local day = P "," ^ -1 * space * (month * space * digit * digit ^ -1 * #-digit + digit * digit ^ -1 * space * month + month) * year ^ -1
-- (Agency), (Agency / Other - 02nd March, 2019)
local agency = maybe_space * P "(" * (1 - S "()\n") ^ 1 * P ")"

local start_of_sentence = #(upper + digit + S "\"'[" + P "\xE2\x80\x9C" + P "\xE2\x80\x98" + P "\xC2\xAB")
local apart = space * dash * maybe_space + P "--" * maybe_space + P "\xE2\x80\x94" * maybe_space
local dateline = (places * day ^ -1 * agency * closing
  + capital_places * day ^ -1 * agency * space
  + capital_places * day ^ -1 * apart
  + capital_places * day * P ":" * space
  + places * day * apart
  + place * apart
  + P "(" * (1 - S "()\n") ^ 1 * P ")" * apart) * Cp() * start_of_sentence

-- "11 March. - The", "Port Ellery, 11 de marzo de 2019 (Agency).- The", "11 of March. - The": the day stands before its dash, a full stop between them
local of = space * (P "of" + P "de" + P "del" + P "di") * space + space
local lower_month = letter ^ 3 * P "." ^ -1
local day_of_month = digit * digit ^ -1 * of * lower_month * ((of + P "," * space) * digit * digit * digit * digit) ^ -1
local stopped = maybe_space * P "." * maybe_space * dash * maybe_space + space * dash * space
local day_first = (places * maybe_space * P "," * space) ^ -1 * day_of_month * agency ^ -1 * stopped * Cp() * start_of_sentence

-- "PORT ELLERY: The harbour", "PORT ELLERY. The harbour": a place in capitals and nothing else
local capital_word = upper * (upper + S "'") ^ 1 * (P "-" * (upper + S "'") ^ 1) ^ 0
local bare_capitals = #(upper * upper * upper) * capital_word * (P "," ^ -1 * space * capital_word) ^ -4
local bare_place = bare_capitals * (S ":." * space + maybe_space * P ".-" * maybe_space) * Cp() * start_of_sentence

local whole_places = places * maybe_space * -1

--- Is the whole of it a place, with the land that it lies in perhaps: "Fort Hale", "Port Ellen, Isle of Tarn"?
function parts.is_place(s) return whole_places:match(s) ~= nil end

--- The first byte after a dateline ("PORT ELLEN, Oct 5 (Agency) - "), or nil.
function parts.after_dateline(s)
  local at = dateline:match(s)
  if at and at <= 120 and #s - at >= 25 then return at end
end

--- The first byte after a dateline whose day comes first ("11 of March. - "), or nil. "5 Loaves - The baker …" looks alike: ask for a month in it.
function parts.after_day(s)
  local at = day_first:match(s)
  if at and at <= 120 and #s - at >= 25 then return at end
end

--- The first byte after a place in capitals ("PORT ELLERY: "), or nil. So can a paper's label or the one who speaks look: ask who else has it.
function parts.after_place(s)
  local at = bare_place:match(s)
  if at and at <= 60 and #s - at >= 40 then return at end
end

local closes_line = maybe_space * (dash + S ":_") * maybe_space * -1
local whole_dateline = (places * day ^ -1 * agency + capital_places * day) * closes_line + capital_places * maybe_space * (dash + P "_") * maybe_space * -1

--- Is the whole line a dateline: "PORT ELLEN, Oct 5 (Agency) --"?
function parts.is_dateline(s) return #s <= 90 and whole_dateline:match(s) ~= nil end

-- A name as bylines have it: two to five words with capitals, "and" or a comma between several
local initial = upper * P "." * maybe_space
local name = (initial ^ 0 * word) * (space * initial ^ 0 * word) ^ -4
local joiner = maybe_space * (P "," + P "&" + P "and" * #space + P "|" + P "/") * maybe_space
local names = name * (joiner * name) ^ -4
local byline_tail = (maybe_space * (S ",|" + dash + P "in " + P "for ") * (1 - P "\n") ^ -60) ^ -1
local by = (P "By " + P "BY " + P "by ") * names * byline_tail * -1

--- A whole line such as "By Ann Marlow and Piet Visser, Staff Writer"?
function parts.is_byline(s) return #s <= 140 and by:match(s) ~= nil end

-- Two words or more, a comma, a place: "Ann Marlow, Fort Hale"
local place_word = word * (space * word) ^ -2
local placed_name = word * (space * (initial + word)) ^ 1 * maybe_space * P "," * space * place_word * -1

--- Could the whole line be a person's name and a town? So can other lines: ask only where a byline may stand.
function parts.is_placed_name(s) return #s <= 60 and not s:find("[%d!?:]") and placed_name:match(s) ~= nil end

-- "The square on Monday (Agency)", "… [Ann Marlow/Agency]", "Photo: Agency": the credit of a picture
local credit_end = Ct((1 - S "([") ^ 1 * Cp() * S "([" * (1 - S "()[]") ^ 2 * S ")]" * maybe_space * -1)

local alone = S "([" * maybe_space * upper * (1 - S "()[]\n") ^ 1 * S ")]" * maybe_space * -1

--- Is the whole line a credit in brackets: "(Agency)", "[Ann Marlow / Agency]"?
function parts.is_credit(s) return #s <= 50 and not s:find("%d%d%d%d") and not s:find("%l[.!?][)%]]$") and alone:match(s) ~= nil end

-- "… said the mayor. (Agency)", "… said the mayor. - Agency": who told it, behind the last sentence
local signed = maybe_space * dash * maybe_space * upper * (1 - S "\n.,;:()") ^ -30 * -1

--- Where a credit behind the last sentence begins, and what it says: "(Agency)", "- Agency"; or nil.
function parts.final_credit(s)
  local tail = s:match("[.!?][\"')]?\226?[\128]?[\157]?()%s*[%(%[][^()%[%]]+[%)%]]$")
  if tail then
    local at = s:find("[%(%[]", tail)
    local credit = s:sub(at + 1, -2)
    if #credit <= 40 and not credit:find("[%d.!?]") and upper:match(credit) then return at, credit, true end
  end
  local dashed = s:match(".*[.!?][\"']?\226?\128?\157?%s+()[-\226]")
  if dashed and signed:match(s:sub(dashed)) then
    local credit = s:sub(dashed):gsub("^[-\226\128\147\148%s]+", "")
    return dashed, credit, false
  end
end

local link_word = P "du" + P "des" + P "do" + P "da" + P "der" + P "und" + P "y" + P "et" + small
local short_name = word * (space * (link_word * #space * space) ^ -1 * word) ^ -2
local slashed = short_name * (maybe_space * P "/" * maybe_space * short_name) ^ 1 * maybe_space * -1

--- Names with strokes between them and nothing else: "Interline / Agence du Nord"?
function parts.is_credit_row(s) return #s <= 70 and not s:find("%d") and slashed:match(s) ~= nil end

-- "No PR-148/2019", "Ref: 12/4/2020", "No. F.4-1": the number of a paper
local number_word = P "No" + P "NO" + P "Ref" + P "REF" + P "Reference" + P "PR" + P "Press Release" + P "Memo" + P "Doc" + P "File" + P "\xE2\x84\x96"
local number_label = number_word * (space * (P "No" + P "no")) ^ -1
local reference = number_label * S ".:" ^ -1 * maybe_space * (1 - S " \n") ^ 2 * maybe_space * -1

--- Is the whole line the number of a document: "No PR-148/2019-X"?
function parts.is_reference(s) return #s <= 50 and s:find("%d") ~= nil and reference:match(s) ~= nil end

-- 19:45, 7.45pm, 08:00 a.m. and a dash perhaps
local half = maybe_space * S "aApP" * P "." ^ -1 * S "mM" * P "." ^ -1
local clock = digit * digit ^ -1 * S ":.h" * R "05" * digit * (half + #-(digit + letter)) * maybe_space

--- The first byte behind the clock with which an entry of a live report begins ("19:45 ", "7.45pm GMT - "), or nil; one past the end when it is all.
function parts.after_clock(s, zones)
  local at = (clock * Cp()):match(s)
  if not at then return nil end
  local zone, behind = s:match("^(%u%u%u?%u?)%f[%s:%z]%s*()", at)
  if zone and zones[zone:lower()] then at = behind end
  at = (((dash + S ":|") * maybe_space) ^ -1 * Cp()):match(s, at)
  if at > #s or start_of_sentence:match(s, at) then return at end
end

-- "3 comments - Ann: …", "12 Comments | …"
local talk = digit ^ 1 * space * letter ^ 3 * maybe_space * (dash + S ":|") * space

--- Does a count of something open the line, with a dash or colon behind it? Ask it of a line that begins as comments do.
function parts.is_counted(s) return talk:match(s) ~= nil end

local before_colon = Cp() * (1 - S ":\n") ^ -40 * Cp() * maybe_space * S ":"
local before_dash = Cp() * (1 - (space * dash * space) - S "|\n") ^ -40 * Cp() * (space * dash * space + maybe_space * P "|")

--- What stands as a label before the rest of the line, "BREAKING: …", "JUST IN - …": or nil.
function parts.label(s)
  local first, last = before_colon:match(s)
  if not first then first, last = before_dash:match(s) end
  return first and s:sub(first, last - 1)
end

local label = (P "Photo" + P "Photograph" + P "Picture" + P "Image" + P "File photo") * (P "s" ^ -1) * (space * (1 - S ":\n") ^ -12) ^ -1 * maybe_space * P ":"
local shouted = (P "PHOTO" + P "PICTURE" + P "IMAGE") * P "S" ^ -1 * maybe_space * P ":"

--- Does the line begin as a picture's text does: "Photo: a flooded street", "Image 2: the dam"?
function parts.is_picture(s) return (label + shouted):match(s) ~= nil end

-- "… at the quay on Monday. - Photo by Ann Marlow": the credit of a picture behind its text
local picture_credit = P "Photo" + P "Photograph" + P "Picture" + P "Image"
local dashed_credit = (1 - dash * maybe_space * picture_credit) ^ 1 * dash * maybe_space * picture_credit * (P "s" ^ -1) * (P ":" + space * "by" + space * "courtesy") * (1 - P "\n") ^ -60 * -1

local picture = P "photo" + P "picture" + P "image" + P "file" + P "archive" + P "foto" + P "via "

--- Is what stands in the brackets the credit of a picture: "Photo: Agency", "file photo"?
function parts.is_picture_credit(s) return (picture + picture_credit):match(s) ~= nil end

--- Does this line end in a credit in brackets, a name or "photo: …"?
function parts.has_credit(s)
  if s:find("[Pp]hoto", -70) and dashed_credit:match(s) then return true end
  local found = credit_end:match(s)
  local credit = found and s:sub(found[1] + 1, -2)
  if not credit or #credit > 50 or credit:find("%d%d%d%d?%)?$") then return false end
  return upper:match(credit) ~= nil or picture:match(credit) ~= nil
end

-- [ad_1], [caption id="x"], {{widget}}, <div class="x">, <!-- x -->, -->: what a content system left behind
local shortcode = P "[" * P "/" ^ -1 * R "az" * (R("az", "09") + S "_-") ^ 0 * (space * (1 - S "[]") ^ 0) ^ -1 * P "/" ^ -1 * P "]"
local named = #(P "[" * P "/" ^ -1 * R "az" ^ 1 * (S "_0123456789/=" + space * R "az" ^ 1 * "=" + P "]" * -1))
local tag = P "<" * S "/!" ^ -1 * (letter + "-") * (1 - S "<>") ^ 0 * P ">"
local braces = P "{{" * (1 - P "}}") ^ 0 * P "}}" + P "{%" * (1 - P "%}") ^ 0 * P "%}"
local markup = (named * shortcode + tag + braces + P "-->" + P "<!--") * (maybe_space * (shortcode + tag + braces)) ^ 0 * maybe_space * -1

--- Is the whole line left-over markup?
function parts.is_markup(s) return markup:match(s) ~= nil end

return parts
