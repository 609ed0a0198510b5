-- What speaks against an expression from the words about it: "five flights a week" is a price, not a week.
-- Each guard is told the text and the first and last byte, and says true to keep.

local data = require "annalist.data"

local guards = {}

local sub, match, lower = string.sub, string.match, string.lower

-- The word before a position, in small letters; nil at the start of the text.
local function word_before(text, first)
    return match(lower(sub(text, first > 30 and first - 30 or 1, first - 1)), "([%a%d'%$%%]+)[%s\"(]*$")
end

local function word_after(text, last)
    return match(lower(sub(text, last + 1, last + 30)), "^%s+([%a']+)")
end

local function set(list)
    local out = {}
    for w in list:gmatch "%S+" do out[w] = true end
    return data.fixed(out)
end

local before_duration = set [[for in within than over about nearly almost after of by lasted last lasts lasting took take takes taking spent spend spending under
    around just only at to or and every from roughly approximately some through throughout during is was be been until before into but with waited wait him her
    least most quite up down sentenced served serve serving another every during gave give got get got's add added adds that once what half more less]]

local after_duration = set "after before since until"

-- "a week" after a preposition or a verb of lasting is a duration; after a noun or a sum it is a rate.
function guards.rate(text, first, last)
    local before = word_before(text, first)
    return before == nil or before_duration[before] ~= nil or after_duration[word_after(text, last) or ""] ~= nil
end

local bare_allowed = set [[for in over of after within many several few recent past last next coming spent during took take takes than and or to by some only
    about until hundreds thousands dozens through throughout ago lasted before two's these those]]

-- "the third in as many weeks": as three
function guards.vague(text, first)
    return lower(sub(text, first > 3 and first - 3 or 1, first + 3)) ~= "as many"
end

-- "for years", "months of talks", "weeks before the vote"
local behind_units = set [[of ago after before later earlier to]]
function guards.units(text, first, last)
    local before, after = word_before(text, first), word_after(text, last)
    return (before ~= nil and bare_allowed[before] ~= nil) or (after ~= nil and behind_units[after] ~= nil)
end

-- "the quarterly dividend", "annual report": what kind of thing, not how often
function guards.annual(text, _, last)
    return word_after(text, last) == nil
end

-- "This Week" is a programme
function guards.title(text, first, last)
    local passage = sub(text, first, last)
    return match(passage, " %u%l") == nil or match(passage, "^%u%l") == nil
end

-- "the shares closed at 18.00": a price
local level = set [[stood stands closed close ended end settled finished traded trading trade priced valued quoted sold sells sell remained remains held fixed set pegged rated averaged
    put estimated stayed stays unchanged rate price shares share yield bid offered]]
function guards.pointed(text, first)
    return level[match(lower(sub(text, first > 40 and first - 40 or 1, first - 1)), "(%a+)%s+%a+%s+$") or ""] == nil
end

-- "USA Today" is a newspaper
function guards.today(text, first)
    return not (match(sub(text, first, first), "%u") and match(sub(text, first > 20 and first - 20 or 1, first - 1), "%f[%w]%u%w* $"))
end

function guards.clock(text, first)
    return word_before(text, first) ~= "high"
end

-- "in 1348,", "since 1066": after a word that dates
local dates = set [[in since until till by before after around about circa c year from to and between during of early late mid
    january february march april may june july august september october november december]]
function guards.old_year(text, first)
    return dates[word_before(text, first) or ""] ~= nil
end

-- "in 843," but not "one in 500,"
function guards.early_year(text, first)
    return match(sub(text, first > 16 and first - 16 or 1, first - 1), "%d%s+in%s+$") == nil
        and match(lower(sub(text, first > 16 and first - 16 or 1, first - 1)), "%f[%a]one%s+in%s+$") == nil
end

-- The "March for Peace", the "annual March on Springfield", the "Mothers' March" are no month
local month_lead = set [[the in of by since until till from to and or through late early last this next mid between during before after
    january february april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday]]
function guards.march(text, first, last)
    local lead = month_lead[word_before(text, first) or ""] ~= nil
    if match(sub(text, first > 30 and first - 30 or 1, first - 1), "%f[%a]%u[%a']+ $") and not lead then return false end
    if not match(sub(text, last + 1, last + 24), "^%s+%l+%s+%u") or not match(sub(text, last + 1, last + 24), "^%s+[foa][ofgn]") then return true end
    return lead
end

-- "the fall of the port" is no autumn
function guards.fall(text, first, last)
    return match(sub(text, first, last), "[Ff]all$") == nil or match(sub(text, last + 1, last + 5), "^%s+of%s") == nil
end

-- "The Communist daily Beacon" is a newspaper
function guards.daily(text, _, last)
    return match(sub(text, last + 1, last + 3), "^ %u%l") == nil
end

-- On "60 Minutes" one is asked questions
function guards.programme(text, first, last)
    return not (match(sub(text, first, last), "^%d+ %u%l") and match(sub(text, first > 3 and first - 3 or 1, first - 1), "[\"'\157\156]$"))
end

-- "the current carried them off", "a strong current": of water, not of today. As an adjective it stands before a noun.
local streams = set [[strong swift fast powerful treacherous electric electrical ocean river tidal rip sea undersea]]
local behind_noun = set [[has had was is were are will would can could may might did does of in at that which from near off under below along through
    carried carries swept sweeps dragged drags pulled pulls took takes ran runs flows flowed]]
function guards.adjective(text, first, last)
    if lower(sub(text, first, last)) ~= "current" then return true end
    return not (streams[word_before(text, first) or ""] or behind_noun[word_after(text, last) or ""] or match(sub(text, last + 1, last + 2), "^[.;:!?)]"))
end

function guards.reference() return true end
function guards.at_hand() return true end
function guards.part() return true end
function guards.night() return true end

return guards
