-- A name as it stands in a text, made ready for comparison: its telling words, which of them is the family name, the bearer's sex.
-- One form for each distinct spelling, kept for the whole run: a million mentions have some ten thousand forms.

local keys = require "lib.names.keys"
local knowledge = require "lib.names.knowledge"
local wordset = require "lib.wordset"

local forms = {}
forms.__index = forms

function forms.new(matcher)
  return setmetatable({ matcher = matcher, by_name = {}, by_key = {}, list = {} }, forms)
end

-- Where people with these family names are called by the last of their names: "Mr Thanh" is Nguyen Van Thanh.
local CALLED_BY_LAST = { Vietnamese = true }
local by_last -- family names, filled on first use

local function is_called_by_last(family)
  if not by_last then
    by_last = {}
    for _, row in ipairs(knowledge.rows "surnames_first.tsv") do
      by_last[row[1]] = CALLED_BY_LAST[row[2]]
    end
  end
  return by_last[family]
end

local function sex_of(tokens)
  local female, male
  for _, token in ipairs(tokens) do
    if token.female ~= token.male then
      female, male = female or token.female, male or token.male
    end
  end
  return female and not male and "f" or male and not female and "m" or nil
end

local function add_token(form, token)
  if token.title or token.particle or token.legal or token.suffix then
    return
  end
  if token.initial then
    form.initials[#form.initials + 1] = token.text
    return
  end
  form.words[#form.words + 1] = token.text
  form.tokens[#form.tokens + 1] = token
  if token.family then
    form.family = token.text
  end
end

local function build(self, name)
  local tokens = self.matcher.kernel:tokens(self.matcher:spelled(name))
  local form = { id = #self.list + 1, name = name, words = {}, tokens = {}, initials = {}, sex = sex_of(tokens), all = {} }
  for i, token in ipairs(tokens) do
    form.all[i] = token.text
    if token.initial and token.text == "y" and name:find(" y ", 1, true) then -- "Campos y Salinas"
      form.joins = true
    else
      add_token(form, token)
    end
  end
  if #form.words == 0 then -- "The", "Al": nothing but small words; the words as they are
    form.words = form.all
    form.tokens = tokens
  end
  form.key = table.concat(form.words, " ") .. (form.initials[1] and " " .. table.concat(form.initials, " ") or "")
  form.full = #form.words + #form.initials > 1
  form.bare = form.words[1] -- what it is looked up by when it is a bare name
  form.family = form.family or form.words[#form.words]
  form.called = form.family == form.words[1] and is_called_by_last(form.family) and form.words[#form.words] or form.family
  form.givens = {}
  for _, word in ipairs(form.words) do
    if word ~= form.family then
      form.givens[#form.givens + 1] = word
    end
  end
  self.list[form.id] = form
  self.by_key[form.key] = self.by_key[form.key] or form.id
  form.same = self.by_key[form.key] -- one number for all spellings of one key
  return form
end

--- The same name as another person's, of whom article `id` speaks.
function forms:namesake(form, id)
  local key = form.key .. " \0" .. id
  local known = self.by_key[key]
  if known then
    return self.list[known]
  end
  local copy = {}
  for field, value in pairs(form) do
    copy[field] = value
  end
  copy.id, copy.key, copy.namesake = #self.list + 1, key, true
  copy.same = copy.id
  self.list[copy.id], self.by_key[key] = copy, copy.id
  return copy
end

-- Between two family names of one person, in Spanish and Portuguese
local BETWEEN = wordset "de del la las los da do das dos"

--- "Rojas de la Vega": may it be two family names, without a given name?
function forms.may_be_surnames(form)
  if #form.words ~= 2 or #form.initials > 0 or form.tokens[1].given then
    return false
  end
  for i = 2, #form.all - 1 do
    if BETWEEN[form.all[i]] then
      return true
    end
  end
  return form.joins or false
end

--- Takes a name of two words for two family names of one person: a bare name from now on.
function forms.as_surnames(form)
  form.surnames, form.full, form.bare = true, false, form.key
end

--- The form of a name.
function forms:of(name)
  local form = self.by_name[name]
  if not form then
    form = build(self, name)
    self.by_name[name] = form
  end
  return form
end

local classes = {}

-- The consonant class of a word's beginning; of letters that are not folded the word itself, which is like no other.
local function first_class(word)
  local class = classes[word]
  if not class then
    class = word:find("^[a-z0-9]+$") and keys.skeleton(word):sub(1, 1) or word
    classes[word] = class
  end
  return class
end

-- May two words begin with one sound? An h before a vowel is also written kh, ch, x and j.
local function begin_alike(a, b)
  local x, y = first_class(a), first_class(b)
  return x == y or x == "k" and y ~= b and b:find("^h[aeiouy]") or y == "k" and x ~= a and a:find("^h[aeiouy]")
end

--- How unlike two folded words are: 0 the same .. about 1 nothing in common. Words that begin with other consonants have nothing in common.
function forms:cost(a, b)
  if a == b then
    return 0
  end
  if #a > 30 or #b > 30 or not begin_alike(a, b) then
    return 1
  end
  return math.min(1, self.matcher.kernel:distance(a, b) / math.max(3, (#a + #b) / 2))
end

--- Is one word the other with an ending cut off, as in "Karimbek" for "Karimbekov"? At least five letters must remain.
function forms.is_stem(a, b)
  if #a > #b then
    a, b = b, a
  end
  return #a >= 5 and #b - #a <= 4 and b:sub(1, #a) == a
end

return forms
