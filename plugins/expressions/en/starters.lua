-- By which first words an English expression can be known at all, so that of a text's words only few are tried against the grammar.

local lpeg = require "lpeg"
local terminals = require "expressions.terminals"

local P, S = lpeg.P, lpeg.S
local gap, word, digit, letter = terminals.gap, terminals.word, terminals.digit, terminals.letter

local starters = {}

-- First words of entries, without those that begin with an article or a preposition (these are known by their second word).
local prepositions = { the = true, a = true, an = true, ["in"] = true, at = true, of = true }

local function heads(into, entries)
    for _, entry in ipairs(entries) do
        local first = entry:match "^[^ %-]+"
        if not prepositions[first] then into[#into + 1] = first end
    end
end

-- Second words: "the past" is known by "past".
local function seconds(into, entries)
    for _, entry in ipairs(entries) do
        local second = entry:match "^%l+ ([^ %-]+)"
        if second and not prepositions[second] then into[#into + 1] = second end
    end
end

local function words_of(list)
    local out = {}
    for w in list:gmatch "%S+" do out[#out + 1] = w end
    return out
end

-- What an expression may begin with, so that of a text's words only few are tried against the grammar. Of the commonest
-- ("the", "a", "at", numbers) the word behind is looked at as well.
function starters.build(words)
    local first, after_article, after_number = {}, {}, {}
    for _, class in ipairs(words_of [[month month_short month_lower weekday weekdays weekday_short season tonight present present_adjective past past_adjective future frequency frequency_adjective
        units clock_word feast vague phase phase_of deictic ordinal]]) do heads(first, words[class]) end
    for _, w in ipairs(words_of [[
        last next this past someday coming previous following preceding prior upcoming latest final every each half overnight couple year day decade fiscal calendar all another
        sometime aged once twice shortly just a.d. ad weekends weekdays some q1 q2 q3 q4 opening school
        initial remaining ensuing week month hour quarter century night pair]]) do first[#first + 1] = w end

    for _, class in ipairs(words_of "unit units small tens ordinal part season phase decade vague vague_article feast scale phase_of") do heads(after_article, words[class]) end
    for _, class in ipairs(words_of "past future present phase_of deictic quantity_mod") do seconds(after_article, words[class]) end
    for _, w in ipairs(words_of [[past last next first coming previous following preceding prior upcoming latest current same whole entire full fiscal calendar very most corresponding comparable like
        similar identical couple pair half additional extra solid final recent initial remaining ensuing intervening subsequent opening year school academic financial just trading business long
        closing mid more quick short small wee predawn pre-dawn]]) do after_article[#after_article + 1] = w end

    for _, class in ipairs(words_of "unit units month month_short month_lower small tens unit_glued ordinal") do heads(after_number, words[class]) end
    for _, w in ipairs(words_of [[hundred thousand couple p am pm o'clock times day trading business working calendar fiscal
        school consecutive straight full whole solid more additional long short successive bc bce b.c. b.c.e. ad ce a.d. c.e.
        gmt utc hours q half st nd rd th this last tonight]]) do after_number[#after_number + 1] = w end

    local second = terminals.any_of(after_article)
    local number_word = terminals.any_of(words.small) + terminals.any_of(words.tens)
    local plain = terminals.any_of(after_number)
    local months = terminals.any_of(words.month) + terminals.any_of(words.month_short)
    local figure = digit ^ 1 + terminals.any_of(words.small) + terminals.any_of(words.tens)
    local behind_number = plain + word "of" * gap * (months + word "the") + word "in" * gap * word "the" * gap * terminals.any_of(words.part)
        + word "to|or|and" * gap * figure * (gap + terminals.hyphen) ^ -1 * (plain + months) + word "and" * gap * word "a" * gap * word "half"
        + word "a" * gap * terminals.any_of(words.unit) + P "a" * terminals.word_end
    local digits = digit ^ 1 * (P "," * digit ^ 1) ^ 0 * (P "." * digit ^ 1) ^ -1
    local number = (P "1" * digit + P "2" * S "01") * digit * digit * -digit
        + digit ^ 1 * S ":/-." * (digit + letter) + P "20" * digit ^ 6
        + digits * ((gap + terminals.dash) ^ -1 * (behind_number + digit * S "/0123456789" + P "½" + terminals.apostrophe) + (gap ^ -1 * P "," * gap ^ -1 * letter))
        + number_word * (gap + terminals.hyphen) * behind_number
        + terminals.apostrophe * digit * digit
        + P "½"
    local article = word "the|a|an|its|their|his|her|our|my|your|that|these|those" * gap * (second + digit + terminals.apostrophe * digit)
    local modifier = (terminals.any_of(words.quantity_mod) + terminals.any_of(words.quantity_over)) * gap
        * (number + word "a|an|the|half|last|next|past" * gap * second + terminals.any_of(words.vague))
    local clock = word "at|by|until|till|around|about|before|after|from" * gap * (digit + number_word + terminals.any_of(words.clock_word) + terminals.any_of(words.part))
    local season = word "in|by|until|till|since|during|throughout|of" * gap * terminals.any_of(words.season)
    local nth = word "on|by|until|till|since|from|to" * gap * word "the" * gap * digit
    local adverb = word "at" * gap * word "present|the moment" + word "of late"
    -- Most words can't begin anything: they are ruled out by one look, before these are tried one after the other.
    local any = words_of "the a an its their his her our my your that these those at by in until till around about before after from of since during throughout on to"
    for _, class in ipairs(words_of "small tens quantity_mod quantity_over") do
        for _, entry in ipairs(words[class]) do any[#any + 1] = entry:match "^[^ %-]+" end
    end
    table.move(first, 1, #first, #any + 1, any)
    local possible = #digit + terminals.apostrophe + P "½" + terminals.any_of(any)
    return #possible * (article + modifier + clock + season + nth + adverb + number + terminals.any_of(first))
end

return starters
