-- From a text to its expressions: one walk over the text with the language's grammar, then what the words about each
-- hit say for or against it, and whether it looks to the past or to the future.

local cues = require "expressions.cues"

local find = {}

local function last_sentence(sentences, position, index)
    while sentences[index + 1] and sentences[index + 1].first <= position do index = index + 1 end
    return index
end

local function keep(language, text, form, first, last)
    local guard = form.guard and language.guards[form.guard]
    return not guard or guard(text, first, last)
end

-- "(1811-1814)", "(born 4 May 1811)": a full date in brackets
local function in_brackets(text, first, last)
    local opened = text:sub(first > 24 and first - 24 or 1, first - 1):match "()%([^()]*$"
    return opened and text:sub(last + 1, last + 80):find "^[^()]*%)" and 1 or nil
end

-- "from 4 August to 10 September 1914", "between March and June 1915": the year stands once, behind both.
local function share_year(language, text, out)
    for i = 1, #out - 1 do
        local one, two = out[i], out[i + 1]
        if one.form == "partial" and two.form == "full" and not one.step and not one.base and one.type == "DATE" and two.first - one.last <= 16 then
            local year, month = two.value:match "^(B?C?%d%d%d%d)%-(%w%w)"
            local own = one.value:match "^XXXX%-(%w%w)"
            if year and own and own ~= "WX" and language.joins[text:sub(one.last + 1, two.first - 1):lower():gsub("%s+", " ")] then
                -- "from 28 December to 3 January 2021": of the year before
                local before = tonumber(own) and tonumber(month) and own > month and tonumber(year)
                if before then year = ("%04d"):format(before - 1) end
                one.form, one.value, one.direction = "full", year .. one.value:sub(5), nil
            end
        end
    end
end

-- "from Monday to Wednesday", "Friday and Saturday": the second is the next such day after the first.
local function next_weekday(language, text, out)
    for i = 1, #out - 1 do
        local one, two = out[i], out[i + 1]
        local from, to = (one.value or ""):match "^XXXX%-WXX%-(%d)", (two.value or ""):match "^XXXX%-WXX%-(%d)"
        if from and to and one.type ~= "SET" and two.type ~= "SET" and not two.step and not two.base and not two.tail and two.first - one.last <= 16 then
            local span = language.joins[text:sub(one.last + 1, two.first - 1):lower():gsub("%s+", " ")]
            if span == "span" or span and tonumber(from) % 7 + 1 == tonumber(to) then two.tail = "after" end
        end
    end
end

local NEXT = 12                 -- bytes from a day to its name

-- "yesterday, Thursday", "this morning (Wednesday)": one day, said twice. A list ("today, Thursday and Friday") is none.
local function same_day(language, text, out)
    local function weekday_of(form) return form and form.type ~= "SET" and (form.value or ""):match "^XXXX%-WXX%-%d" end
    for i = 1, #out - 1 do
        local one, two, three = out[i], out[i + 1], out[i + 2]
        local day = one.form == "shift" and one.unit == "D" and not one.base and not one.tail
        if day and weekday_of(two) and not two.step and not two.base and not two.tail and two.first - one.last <= NEXT then
            local listed = weekday_of(three) and three.first - two.last <= 8
            local owns = text:find("^['\226]\128?\153?s", two.last + 1)
            if not listed and not owns and language.beside[text:sub(one.last + 1, two.first - 1):lower():gsub("%s+", " ")] then two.tail = "same" end
        end
    end
end

-- Whether a date that names no year or week lies behind or ahead, by the words about it.
local function direction_of(tense, text, passage, from, to, first, last)
    local said = tense.beside(text, from, to, first, last) or cues.nearest(passage, tense, first, last)
    return said ~= "present" and said or nil
end

-- language: { scan, guards, tense, joins, beside }; sentences: { first, last, ordinal } in order.
-- Returns rows in order of position: the form's fields with first, last, ordinal (of the sentence, nil outside) and direction.
function find.expressions(language, text, sentences)
    local out, index, tense = {}, 0, language.tense
    local passage, passage_of
    local function add(form, first, last)
        if not keep(language, text, form, first, last) then return end
        index = last_sentence(sentences, first, index)
        local sentence = sentences[index]
        if sentence and sentence.last < first then sentence = nil end
        form.first, form.last = first, last
        form.aside = form.form == "full" and form.type == "DATE" and in_brackets(text, first, last) or nil
        form.ordinal = sentence and sentence.ordinal
        local dated = form.form == "shift" or form.form == "partial" or form.form == "full"
        if sentence and tense.reported and dated and (form.type == "DATE" or form.type == "TIME") and tense.reported(text, sentence.first, first) then form.reported = 1 end
        if (form.form == "partial" or form.form == "feast") and not form.step then
            local from = sentence and sentence.first or math.max(1, first - tense.before)
            local to = sentence and sentence.last or math.min(#text, last + tense.behind)
            if not sentence or passage_of ~= sentence then passage, passage_of = cues.passage(text, from, to), sentence end
            form.direction = direction_of(tense, text, passage, from, to, first, last)
            if form.direction == "ahead" and form.form ~= "feast" then
                form.direction = "future"
            elseif form.direction == "over" then
                form.direction = "past"
                if form.form == "partial" and form.value:match "^XXXX%-%d" then form.step = -1 end
            end
        end
        if form.step == 0 and sentence and tense.told and (form.value or ""):find "^XXXX%-WXX%-%d" and not text:find("^['\226]\128?\153?s", last + 1)
            and tense.told(text, sentence.first, first) then form.direction = "past" end
        out[#out + 1] = form
    end
    for first, form, after in language.scan(text) do
        -- "March 4, 5 and 6": one match, three dates
        repeat
            local also = form.also
            add(form, form.first or first, form.last or after - 1)
            form = also
        until not form
    end
    share_year(language, text, out)
    next_weekday(language, text, out)
    same_day(language, text, out)
    return out
end

return find
