-- Past or future? Of the verbs about an expression the nearest in the same clause says where a weekday, a month or a
-- day without its year lies: "met Tuesday" behind, "will meet Tuesday" ahead. Reporting verbs count like any other.

local lpeg = require "lpeg"
local data = require "annalist.data"
local cues = require "expressions.cues"
local terminals = require "expressions.terminals"

local P, R, S, V, C, Cp, Ct, Cc = lpeg.P, lpeg.R, lpeg.S, lpeg.V, lpeg.C, lpeg.Cp, lpeg.Ct, lpeg.Cc

local tense = {}

local function set_of(list)
    local out = {}
    for _, w in ipairs(list) do out[w] = true end
    return data.fixed(out)
end

-- Tells of a clause before "by Friday" whether what it speaks of was done: "had been found", "were freed"; but "were to be freed",
-- "unless they were freed", "had promised to leave". past, deadline, change: sets of words.
local function done_by(past, deadline, change)
    local perfect = set_of { "had", "was", "were", "has", "have" }
    local modal = set_of { "will", "would", "could", "should", "must", "may", "might", "shall" }
    local article = set_of { "the", "a", "an", "his", "her", "their", "its" }
    local function is_past(w) return past[w] or w:find "ed$" ~= nil or w:find "en$" ~= nil end
    return function(clause)
        local words = {}
        for w in clause:lower():gmatch "%w+" do
            if deadline[w] then return false end
            words[#words + 1] = w
        end
        local verb
        for i = 1, #words - 1 do
            local w, behind = words[i], words[i + 1]
            -- "the toll rose to 12 by Friday"
            if change[w] then verb = true end
            if perfect[w] and (w == "had" or is_past(behind) or behind:find "ly$" and is_past(words[i + 2] or "")) then verb = true end
            -- "to leave by Friday", "would leave by Friday", but "to 12 by Friday"
            if w == "to" and not article[behind] and not behind:find "^%d" or modal[w] then verb = false end
        end
        return verb
    end
end

-- Is a day the day of the telling, by the words before it: "officials said on", "told reporters late", "said in a statement on"?
local function telling(verbs)
    local space = S " \n" ^ 1
    local whom = space * terminals.word "reporters|journalists|the media|the press|a news conference|a press conference|a briefing|parliament|lawmakers|state television|local media|the agency"
    local where = space * terminals.word "in a statement|at a news conference|at a press conference|in an interview|in a report|on television"
    local tail = whom ^ -1 * where ^ -1 * (space * terminals.word "late|early|later|earlier") ^ -1 * (space * terminals.word "on") ^ -1 * S " \n" ^ 0 * -P(1)
    local letter = terminals.letter
    local found = P { terminals.any_of(verbs) * tail + letter ^ 0 * (1 - letter) ^ 1 * V(1) }
    return function(text, from, first)
        return found:match(text:sub(math.max(from, first - 60), first - 1)) ~= nil
    end
end

-- rows: { "past" | "future" | "present" | "ahead" | "deadline" | "reporting", word }; "ahead" are words that, just before a date, put it ahead
function tense.build(rows)
    local words = { past = {}, future = {}, present = {}, ahead = {}, opens = {}, deadline = {}, change = {}, reporting = {}, certain = {} }
    for _, row in ipairs(rows) do
        if words[row[1]] then table.insert(words[row[1]], row[2]) end
        -- "could be found" says nothing of when
        if row[1] == "future" and not row[2]:find "^%l+ld$" and not row[2]:find "^m[aiu]" then table.insert(words.certain, row[2]) end
    end
    local letter = terminals.letter
    -- "announced", but not "United", "indeed", "need"
    local ed = R "az" ^ 5 * lpeg.B(P "ed") * -lpeg.B(P "eed") * terminals.word_end * Cc "past"
    -- "will be named", "is expected to be formally elected": what is ahead stays ahead, whatever form its verb has
    local space = S " \n" ^ 1
    local between = (space * (terminals.word "be|have|been|not|also|now|likely|probably|soon|then|only|first|never" + P { P "ly" * terminals.word_end + R "az" * V(1) })) ^ -3
    local ahead_of = between * (space * (terminals.any_of(words.past) + P { P "ed" * terminals.word_end + R "az" * V(1) })) ^ -1
    local entries = {}
    local function add(list, follow) for _, w in ipairs(list) do entries[#entries + 1] = { w, follow } end end
    add(words.certain, ahead_of * Cc "future")
    add(words.future, Cc "future")
    add(words.past, Cc "past")
    add(words.present, Cc "present")
    local cue = terminals.any_before(entries)
    -- "on a still unspecified date" says nothing
    local kind = terminals.word "a|an|the|its|his|her|their|any|no" * space * (terminals.word "still|newly|recently|yet|well|as yet" * space) ^ -1 * R "az" ^ 5 * lpeg.B(P "ed")
        * terminals.word_end
    -- what is in ASCII is passed by the run
    local word, between_words = (R("az", "AZ") ^ 1 + letter) ^ 1, (R("\0\127") - R("az", "AZ") - S ",;") ^ 1 + (1 - letter - S ",;")
    local pattern = Ct((Cp() * (cue + ed + S ",;" * Cc(cues.BREAK)) + kind + word + between_words) ^ 0)

    local soon = terminals.any_of(words.ahead)
    local ends_with = P { C(soon) * (1 - letter) ^ 0 * -P(1) + letter ^ 0 * (1 - letter) ^ 1 * V(1) }

    -- "had no power until Tuesday", "were not let in until Tuesday": it has come; but "won't open until Tuesday"
    local negation = set_of { "no", "not", "never", "nobody", "none", "nothing", "neither" }
    local verb_of = set_of { "had", "was", "were", "did", "got", "saw", "came", "heard", "received", "knew" }
    local contracted = set_of { "didn't", "hadn't", "wasn't", "weren't", "didn", "hadn", "wasn", "weren" }
    local not_yet = set_of { "will", "would", "shall", "should", "could", "may", "might", "must", "can", "expect", "expected", "to" }
    local function lasted(clause)
        local denied, told = false, false
        for w in clause:lower():gmatch "[%a']+" do
            if not_yet[w] then return false end
            denied, told = denied or negation[w] or contracted[w], told or verb_of[w] or contracted[w]
        end
        return denied and told
    end

    local done = done_by(set_of(words.past), set_of(words.deadline), set_of(words.change))
    -- "Come Monday, all will be well", but "they come Mondays"
    local opens = terminals.any_of(words.opens) * S " \n" ^ 1 * -P(1)

    -- The words about a date say it without a verb: "past", "future", "over" (surely past), "ahead" (surely future), "any" (nobody knows which) or nil.
    local function beside(text, from, to, first, last)
        -- "by Friday", "until March": whatever the verb
        local short = text:sub(math.max(from, first - 12), first - 1)
        if ends_with:match(short) then
            -- but "by Friday, they had left"
            local clause = text:sub(last + 1, math.min(to, last + 60)):match "^,([^,;]*)"
            local passed = clause and not short:find "as%s+$" and (clause:find "%f[%a]had%f[%A]" or clause:find "%f[%a]was%f[%A]" or clause:find "%f[%a]were%f[%A]")
            -- and "they had left by Friday"
            if not passed and short:find "%f[%a][Bb]y%s+$" then passed = done(text:sub(math.max(from, first - 100), first - 1):match "[^,;]*$") end
            if not passed and (short:find "%f[%a]until%s+$" or short:find "%f[%a]till%s+$") then passed = lasted(text:sub(math.max(from, first - 80), first - 1):match "[^,;]*$") end
            return passed and "past" or "ahead"
        end
        local word_at = short:find "%a+%s+$"
        if word_at and opens:match(short, word_at) and (short:sub(1, word_at - 1):find "[.,;:!?\"(]%s*$" or word_at == 1 and first - #short == from) then return "future" end
        -- "the year ended March 31"
        if short:find "%f[%a]ended%s+$" then return "over" end
        -- "they married on a Sunday": on any
        if short:find "%f[%a][Oo]n a%s+$" then return "any" end
        -- "Monday's vote" has mostly been
        if text:find("^['\226]\128?\153?s", last + 1) then return "past" end
        return nil
    end
    local function clause_cues(clause)
        local found, i = pattern:match(clause), -1
        return function()
            i = i + 2
            while found[i] and found[i + 1] == cues.BREAK do i = i + 2 end
            return found[i], found[i + 1]
        end
    end
    -- "He lost his life this Tuesday" is behind, unless it is only told: "said the vote this Tuesday"
    local saying = set_of(words.reporting)
    local function told_of(text, from, first)
        local clause = text:sub(math.max(from, first - 80), first - 1):match "[^,;:]*$"
        local last
        for position, what in clause_cues(clause) do last = what == "past" and not saying[clause:match("^%a+", position):lower()] or false end
        return last
    end
    return { cues = pattern, beside = beside, told = told_of, reported = telling(words.reporting), before = 160, behind = 80 }
end

return tense
