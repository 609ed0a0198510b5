-- The wordings that the issue on time lists, one line of invented news each: what must be read, as { passage, type, value [, mod] },
-- and nothing else. The day of the articles, 2021-03-02, was a Tuesday.

local timex = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "timex_workshop.lua")

local cases = {
  -- absolute
  { "October 6, 2020", "The dam broke on October 6, 2020.", { { "October 6, 2020", "DATE", "2020-10-06" } } },
  { "6 Oct", "The dam broke on 6 Oct in the rain.", { { "6 Oct", "DATE", "2020-10-06" } } },
  { "08th October, 2020", "The dam broke on 08th October, 2020.", { { "08th October, 2020", "DATE", "2020-10-08" } } },
  { "Saturday, 04, May, 2024", "The fair opens on Saturday, 04, May, 2024.", { { "Saturday, 04, May, 2024", "DATE", "2024-05-04" } } },
  { "dates in figures", "Filed 2020-10-06, 10/07/2020, 08.10.2020, 9-Oct-2020 and 10 oct 2020.",
    { { "2020-10-06", "DATE", "2020-10-06" }, { "10/07/2020", "DATE", "2020-10-07" }, { "08.10.2020", "DATE", "2020-10-08" }, { "9-Oct-2020", "DATE", "2020-10-09" },
      { "10 oct 2020", "DATE", "2020-10-10" } } },
  { "decades", "As in the 1990s, the late '80s and the second half of the 1970s.",
    { { "the 1990s", "DATE", "199" }, { "the late '80s", "DATE", "198", "END" }, { "the second half of the 1970s", "DATE", "197", "END" } } },
  { "quarters and halves", "Q3 2020, the first quarter of 2019 and the last half of 2018 were poor.",
    { { "Q3 2020", "DATE", "2020-Q3" }, { "the first quarter of 2019", "DATE", "2019-Q1" }, { "the last half of 2018", "DATE", "2018-H2" } } },
  { "seasons", "It fell in the winter of 2019, rose last summer, and will fall by autumn.",
    { { "the winter of 2019", "DATE", "2019-WI" }, { "last summer", "DATE", "2020-SU" }, { "autumn", "DATE", "2021-FA" } } },
  { "a season without an article only where no noun follows", "In spring the team went to spring training.", { { "spring", "DATE", "2021-SP" } } },
  { "feasts", "They met at Christmas, in Easter week 2018 and on Memorial Day weekend 2019.",
    { { "Christmas", "DATE", "2020-12-25" }, { "Easter week 2018", "DATE", "2018-W13" }, { "Memorial Day weekend 2019", "DATE", "2019-W21-WE" } } },
  { "the week and the weekend of a day", "They met in the week of March 15, 2021 and on the weekend of February 20, 2021.",
    { { "the week of March 15, 2021", "DATE", "2021-W11" }, { "the weekend of February 20, 2021", "DATE", "2021-W07-WE" } } },
  { "a month by its name and by \"the month of\"", "It rained in the month of January 2020.", { { "the month of January 2020", "DATE", "2020-01" } } },
  { "a day by its number", "The trial opened on January 11. On the 15th the first witness spoke, on the 3rd floor.",
    { { "January 11", "DATE", "2021-01-11" }, { "the 15th", "DATE", "2021-01-15" } } },

  -- relative
  { "on Tuesday", "The dam broke on Tuesday.", { { "Tuesday", "DATE", "2021-03-02" } } },
  { "Sunday's", "Sunday's march was calm.", { { "Sunday", "DATE", "2021-02-28" } } },
  { "last night", "It snowed last night.", { { "last night", "TIME", "2021-03-01TNI" } } },
  { "overnight Tuesday", "It snowed overnight Tuesday.", { { "overnight Tuesday", "TIME", "2021-03-02TNI" } } },
  { "the evening of Monday", "It snowed on the evening of Monday.", { { "the evening of Monday", "TIME", "2021-03-01TEV" } } },
  { "the early hours of a day", "It snowed in the early hours of Sunday.", { { "the early hours of Sunday", "TIME", "2021-02-28TMO" } } },
  { "last year", "It snowed last year.", { { "last year", "DATE", "2020" } } },
  { "two months earlier", "It snowed on June 3, 1998; two months earlier it had rained.", { { "June 3, 1998", "DATE", "1998-06-03" }, { "two months earlier", "DATE", "1998-04" } } },
  { "earlier this year", "It snowed earlier this year.", { { "earlier this year", "DATE", "2021", "START" } } },
  { "the day after, the year before", "It snowed on June 3, 1998; the day after, it thawed. The year before, it had not.",
    { { "June 3, 1998", "DATE", "1998-06-03" }, { "the day after", "DATE", "1998-06-04" }, { "The year before", "DATE", "1997" } } },
  { "next weekend is not this one", "They meet this weekend and next weekend.", { { "this weekend", "DATE", "2021-W09-WE" }, { "next weekend", "DATE", "2021-W10-WE" } } },
  { "a Wednesday of next week", "They will meet on Wednesday evening next week.", { { "Wednesday evening next week", "TIME", "2021-03-10TEV" } } },
  { "in two weeks' time", "They will meet in two weeks' time.", { { "two weeks' time", "DATE", "2021-W11" } } },
  { "by year's end", "They will meet by year's end.", { { "year's end", "DATE", "2021", "END" } } },

  -- durations, ages
  { "11 years and two months", "She was given 11 years and two months.", { { "11 years and two months", "DURATION", "P11Y2M" } } },
  { "the 24-year-old", "The 24-year-old and a man aged 44 were freed.", {} },
  { "for the last week", "It has rained for the last week and over the past month.", { { "the last week", "DURATION", "P1W" }, { "the past month", "DURATION", "P1M" } } },
  { "last as a verb", "The talks last two days.", { { "two days", "DURATION", "P2D" } } },
  { "two days on the road are no date", "They spent two days on the road. Two days on, they slept.", { { "two days", "DURATION", "P2D" }, { "Two days on", "DATE", "XXXX-XX-XX" } }, day = false },
  { "the days ahead, the weeks that followed", "In the days ahead it may rain, as in the weeks that followed the flood.",
    { { "the days ahead", "DURATION", "PXD" }, { "the weeks", "DURATION", "PXW" } } },
  { "a quarter of the votes is a share", "About three-quarters of them and more than a quarter of us voted.", {} },

  -- sets
  { "every Friday", "They march every Friday, each weekend, on weekends and once a month.",
    { { "every Friday", "SET", "XXXX-WXX-5" }, { "each weekend", "SET", "XXXX-WXX-WE" }, { "weekends", "SET", "XXXX-WXX-WE" }, { "once a month", "SET", "P1M" } } },
  { "a daily is a newspaper", "The party daily Beacon appears daily.", { { "daily", "SET", "P1D" } } },

  -- ranges
  { "October 4-6", "The fair ran October 4-6.", { { "October 4", "DATE", "2020-10-04" }, { "6", "DATE", "2020-10-06" } } },
  { "between 2005 and 2010", "It was shut between 2005 and 2010.", { { "2005", "DATE", "2005" }, { "2010", "DATE", "2010" } } },
  { "a span whose year stands once", "It was shut between Oct. 3 and Nov. 15, 2019.", { { "Oct. 3", "DATE", "2019-10-03" }, { "Nov. 15, 2019", "DATE", "2019-11-15" } } },
  { "from Friday to Monday", "It was shut from Friday to Monday.", { { "Friday", "DATE", "2021-02-26" }, { "Monday", "DATE", "2021-03-01" } } },

  { "a list of days", "The fair ran on March 4, 5 and 6, on 7, 8 and 9 April 2020 and on 5/6 October.",
    { { "March 4", "DATE", "2021-03-04" }, { "5", "DATE", "2021-03-05" }, { "6", "DATE", "2021-03-06" }, { "7", "DATE", "2020-04-07" }, { "8", "DATE", "2020-04-08" },
      { "9 April 2020", "DATE", "2020-04-09" }, { "5", "DATE", "2020-10-05" }, { "6 October", "DATE", "2020-10-06" } } },
  { "hours that share their half of the day", "It was shut 9-11 a.m., between 9 and 11 p.m. on Monday and from 11 to 1 p.m.",
    { { "9", "TIME", "2021-03-02T09:00" }, { "11 a.m.", "TIME", "2021-03-02T11:00" }, { "9", "TIME", "2021-03-01T21:00" }, { "11 p.m. on Monday", "TIME", "2021-03-01T23:00" },
      { "11", "TIME", "2021-03-01T11:00" }, { "1 p.m.", "TIME", "2021-03-01T13:00" } } },
  { "the night of two days", "It burnt on the night of 5 to 6 October and on the night of October 7-8.",
    { { "the night of 5 to 6 October", "TIME", "2020-10-05TNI" }, { "the night of October 7-8", "TIME", "2020-10-07TNI" } } },

  -- reckoned from a day
  { "a week from Friday", "A week from Friday they vote; two weeks from Monday, or Tuesday week, they meet.",
    { { "A week from Friday", "DATE", "2021-03-12" }, { "two weeks from Monday", "DATE", "2021-03-22" }, { "Tuesday week", "DATE", "2021-03-16" } } },
  { "a week from today", "They vote a week from today, not a fortnight ago.", { { "a week from today", "DATE", "2021-03-09" }, { "a fortnight ago", "DATE", "2021-W07" } } },
  { "to the day", "It was three years to the day since the fire.", { { "three years", "DURATION", "P3Y" } } },
  { "weeks of the calendar", "The report covers 2020-W41, week 42 of 2020 and 2020-W43-3.",
    { { "2020-W41", "DATE", "2020-W41" }, { "week 42 of 2020", "DATE", "2020-W42" }, { "2020-W43-3", "DATE", "2020-10-21" } } },
  { "half of a month, half of a year", "It fell in the first half of March and in the second half of 2019.",
    { { "the first half of March", "DATE", "2021-03", "START" }, { "the second half of 2019", "DATE", "2019-H2" } } },
  { "Easter Monday", "It rained on Easter Monday 2019 and twice daily since.", { { "Easter Monday 2019", "DATE", "2019-04-22" }, { "twice daily", "SET", "P1D" } } },
  { "years before 1000", "The town fell in 843, was burnt in the year 910, and one in 500, or 1 in 300, left.", { { "843", "DATE", "0843" }, { "the year 910", "DATE", "0910" } } },
  { "what is planned is ahead", "The results are expected Friday morning, and a rally is planned Saturday.",
    { { "Friday morning", "TIME", "2021-03-05TMO" }, { "Saturday", "DATE", "2021-03-06" } } },

  -- modifiers
  { "early, mid, late", "In early March, mid-2019 and late 2020 it rained.",
    { { "early March", "DATE", "2021-03", "START" }, { "mid-2019", "DATE", "2019", "MID" }, { "late 2020", "DATE", "2020", "END" } } },
  { "about, more than, at least", "It took about three weeks, more than two days and at least an hour.",
    { { "about three weeks", "DURATION", "P3W", "APPROX" }, { "more than two days", "DURATION", "P2D", "MORE_THAN" }, { "at least an hour", "DURATION", "PT1H", "EQUAL_OR_MORE" } } },

  -- times and zones
  { "times with zones", "It began at 9:40 p.m. EST on Monday and at 14:00 GMT, or 5 p.m. Kabul time.",
    { { "9:40 p.m. EST on Monday", "TIME", "2021-03-01T21:40" }, { "14:00 GMT", "TIME", "2021-03-01T14:00" }, { "5 p.m. Kabul time", "TIME", "2021-03-01T17:00" } } },
  { "midnight ends its day", "The truce ends at midnight on Friday. Shortly after midnight shots were heard.",
    { { "midnight on Friday", "TIME", "2021-03-05T24:00" }, { "Shortly after midnight", "TIME", "2021-03-05T00:00", "APPROX" } } },
  { "half past nine", "It began at half past nine and ended at a quarter to six; at 0530 all was still.",
    { { "half past nine", "TIME", "2021-03-02T09:30" }, { "a quarter to six", "TIME", "2021-03-02T05:45" }, { "0530", "TIME", "2021-03-02T05:30" } } },
  { "parts of the day", "They met yesterday morning; at dawn they left, and that evening they slept.",
    { { "yesterday morning", "TIME", "2021-03-01TMO" }, { "dawn", "TIME", "2021-03-01TDA" }, { "that evening", "TIME", "2021-03-01TEV" } } },

  -- past or future
  { "what will be done is ahead", "She will be named chief in December.", { { "December", "DATE", "2021-12" } } },
  { "what could not be found is no date ahead", "The men could not be found Monday.", { { "Monday", "DATE", "2021-03-01" } } },
  { "a deadline that has passed", "By Friday, rescuers had found six.", { { "Friday", "DATE", "2021-02-26" } } },
  { "what had been done by a day", "Six men had been found by Sunday evening and all were freed by Monday. Nine houses had quickly burnt down by early Friday.",
    { { "Sunday evening", "TIME", "2021-02-28TEV" }, { "Monday", "DATE", "2021-03-01" }, { "early Friday", "DATE", "2021-02-26", "START" } } },
  { "a deadline is ahead, whatever its verb", "Nurses will strike unless they were paid by Friday. The firm had promised an answer by Thursday. They had orders to leave by Sunday.",
    { { "Friday", "DATE", "2021-03-05" }, { "Thursday", "DATE", "2021-03-04" }, { "Sunday", "DATE", "2021-03-07" } } },
  { "a year that has ended", "In the year ended May 31, the mill lost money.", { { "the year", "DURATION", "P1Y" }, { "May 31", "DATE", "2020-05-31" } } },
  { "one day", "He may one day return; it took one day.", { { "one day", "DATE", "FUTURE_REF" }, { "one day", "DURATION", "P1D" } } },

  -- anchors
  { "a date in the sentence goes before the day of the article", "On September 28 the minister spoke of the march of last Sunday.",
    { { "September 28", "DATE", "2020-09-28" }, { "last Sunday", "DATE", "2020-09-27" } } },

  { "the same day is not that of a vote that is only named by it", "On Tuesday the board declared Sunday's vote void. The chairman resigned on the same day.",
    { { "Tuesday", "DATE", "2021-03-02" }, { "Sunday", "DATE", "2021-02-28" }, { "the same day", "DATE", "2021-03-02" } } },

  { "a day and its name beside it are one", "The envoy came yesterday Monday, spoke today, Tuesday, and leaves this evening (Tuesday); tomorrow, Wednesday, was her day.",
    { { "yesterday", "DATE", "2021-03-01" }, { "Monday", "DATE", "2021-03-01" }, { "today", "DATE", "2021-03-02" }, { "Tuesday", "DATE", "2021-03-02" },
      { "this evening", "TIME", "2021-03-02TEV" }, { "Tuesday", "DATE", "2021-03-02" }, { "tomorrow", "DATE", "2021-03-03" }, { "Wednesday", "DATE", "2021-03-03" } } },
  { "a day whose name doesn't fit is the one named", "The envoy came yesterday, Tuesday. She left this morning, Wednesday.",
    { { "yesterday", "DATE", "2021-03-02" }, { "Tuesday", "DATE", "2021-03-02" }, { "this morning", "TIME", "2021-03-03TMO" }, { "Wednesday", "DATE", "2021-03-03" } } },
  { "a list of days names none of them twice", "The pool is shut today, Thursday and Friday.",
    { { "today", "DATE", "2021-03-02" }, { "Thursday", "DATE", "2021-02-25" }, { "Friday", "DATE", "2021-02-26" } } },
  { "a day and its name without a day of the article", "The envoy left on June 3, 1998. She came yesterday, Tuesday.",
    { { "June 3, 1998", "DATE", "1998-06-03" }, { "yesterday", "DATE", "XXXX-XX-XX" }, { "Tuesday", "DATE", "XXXX-WXX-2" } }, day = false },

  { "an hour is of the day told of, not of the telling", "A bus fell into the gorge late on Sunday, killing four, police said on Monday. It had left the town at 8:40 p.m. in rain.",
    { { "late on Sunday", "DATE", "2021-02-28" }, { "Monday", "DATE", "2021-03-01" }, { "8:40 p.m.", "TIME", "2021-02-28T20:40" } } },
  { "an hour is of the day of the telling where no other is told", "A bus fell into the gorge, police told reporters on Monday. It had left the town at 8:40 p.m. in rain.",
    { { "Monday", "DATE", "2021-03-01" }, { "8:40 p.m.", "TIME", "2021-03-01T20:40" } } },

  { "dawn behind an evening is the next day's", "The boat left port on Sunday evening. The waves were high. Nobody could reach her before dawn.",
    { { "Sunday evening", "TIME", "2021-02-28TEV" }, { "dawn", "TIME", "2021-03-01TDA" } } },
  { "small hours behind an evening are the next day's, unless another day was named", "Shots fell at 11 p.m. on Friday and at 2:30 a.m. in the port. On Sunday all was still at dawn.",
    { { "11 p.m. on Friday", "TIME", "2021-02-26T23:00" }, { "2:30 a.m.", "TIME", "2021-02-27T02:30" }, { "Sunday", "DATE", "2021-02-28" }, { "dawn", "TIME", "2021-02-28TDA" } } },

  { "small hours of a night that isn't over are of its own day", "It snowed overnight. At 3 a.m. the roads were shut.",
    { { "overnight", "TIME", "2021-03-02TNI" }, { "3 a.m.", "TIME", "2021-03-02T03:00" } } },

  { "the night of a storm is not the day named last", "The mayor resigned on Monday. On the night of the storm he had been away.",
    { { "Monday", "DATE", "2021-03-01" }, { "the night", "TIME", "XXXX-XX-XXTNI" } } },
  { "the night of a storm is the day that its sentence names", "On Sunday, the night of the storm, he had been away; the morning of the next day he came.",
    { { "Sunday", "DATE", "2021-02-28" }, { "the night", "TIME", "2021-02-28TNI" }, { "the morning of the next day", "TIME", "2021-03-01TMO" } } },

  -- days named by other days, or by their place in a month
  { "the eve of a day", "He came on the eve of the May 9 parade and left on the eve of Christmas; the eve of the vote is no date.",
    { { "the eve of the May 9", "DATE", "2021-05-08" }, { "the eve of Christmas", "DATE", "2020-12-24" } } },
  { "the day before or after a day", "The day after Christmas was cold. He fled the day before last Tuesday's hearing.",
    { { "The day after Christmas", "DATE", "2020-12-26" }, { "the day before last Tuesday", "DATE", "2021-02-22" } } },
  { "the week before last", "They met the week before last and the weekend before last; they meet the year after next.",
    { { "the week before last", "DATE", "2021-W07" }, { "the weekend before last", "DATE", "2021-W07-WE" }, { "the year after next", "DATE", "2023" } } },
  { "a day of the week by its place in a month", "Clocks changed on the last Sunday in October 2020 and change on the last Sunday in March. The fair is on the second weekend of May.",
    { { "the last Sunday in October 2020", "DATE", "2020-10-25" }, { "the last Sunday in March", "DATE", "2021-03-28" }, { "the second weekend of May", "DATE", "2021-W18-WE" } } },
  { "a week or a day by its place in a month", "It snowed in the last week of February 2020 and on the last day of February 2020, and the first week of March 2020 was mild.",
    { { "the last week of February 2020", "DATE", "2020-W09" }, { "the last day of February 2020", "DATE", "2020-02-29" }, { "the first week of March 2020", "DATE", "2020-W10" } } },
  { "so many Sundays ago", "Two Sundays ago she sang, three Fridays ago he did, and a match is two Saturdays from now.",
    { { "Two Sundays ago", "DATE", "2021-02-21" }, { "three Fridays ago", "DATE", "2021-02-12" }, { "two Saturdays from now", "DATE", "2021-03-13" } } },
  { "Tuesday last", "Friday last it rained.", { { "Friday last", "DATE", "2021-02-26" } } },
  { "small hours", "It burnt in the small hours of Sunday. Friday's early hours were calm.",
    { { "the small hours of Sunday", "TIME", "2021-02-28TMO" }, { "Friday's early hours", "TIME", "2021-02-26TMO" } } },
  { "this time last year", "This time last year the river was dry; by this time next year it will be.",
    { { "This time last year", "DATE", "2020-03" }, { "this time next year", "DATE", "2022-03" } } },
  { "most nights", "Most nights they met; on most Fridays they sang.", { { "Most nights", "SET", "XXXX-XX-XXTNI" }, { "most Fridays", "SET", "XXXX-WXX-5" } } },
  { "a time with a point, and no price", "The hall opens at 18.00 and the talk begins at 19.30. Shares closed at 18.00, and the rate stood at 11.30 percent.",
    { { "18.00", "TIME", "2021-03-02T18:00" }, { "19.30", "TIME", "2021-03-02T19:30" } } },
  { "summers that are counted", "For the past three summers the lake was dry.", { { "the past three summers", "SET", "XXXX-SU" } } },
  { "last February, said early in March", "The bridge fell last February and was mended last November.", { { "last February", "DATE", "2020-02" }, { "last November", "DATE", "2020-11" } } },
  { "the quarter that a day ended", "In the quarter ended Sept. 30 the mill lost money; in the quarter ended Jan. 31 it gained.",
    { { "the quarter", "DATE", "2020-Q3" }, { "Sept. 30", "DATE", "2020-09-30" }, { "the quarter", "DATE", "2020-Q4" }, { "Jan. 31", "DATE", "2021-01-31" } } },

  -- past or future by the words about a day
  { "what rose by a day is past", "The toll rose to 12 by Friday. The mayor wants the road open by Friday.",
    { { "Friday", "DATE", "2021-02-26" }, { "Friday", "DATE", "2021-03-05" } } },
  { "what is planned is ahead", "The group planned a march on Saturday. They are planning a strike for Thursday.", { { "Saturday", "DATE", "2021-03-06" }, { "Thursday", "DATE", "2021-03-04" } } },
  { "what had been scheduled is not", "The offer had been scheduled to end at noon Friday, but was extended.", { { "noon Friday", "TIME", "2021-02-26T12:00" } } },
  { "come Monday", "Come Monday, the shops are full.", { { "Monday", "DATE", "2021-03-08" } } },
  { "a kind of date has no tense", "It would be paid on a still unspecified day in November.", { { "November", "DATE", "2021-11" } } },
  { "a newspaper is no day", "The fire was in USA Today. Today it is out.", { { "Today", "DATE", "2021-03-02" } } },

  -- feasts that go by other calendars
  { "feasts of the Moon", "Shops were shut during Ramadan 2020, on Eid al-Fitr 2020 and at Diwali 2019; at the Chinese New Year they were open.",
    { { "Ramadan 2020", "DATE", "2020-05" }, { "Eid al-Fitr 2020", "DATE", "2020-05-24" }, { "Diwali 2019", "DATE", "2019-10-27" }, { "Chinese New Year", "DATE", "2021-02-12" } } },
  { "feasts of the eastern churches, and others", "It burnt on Orthodox Easter 2019, on the eve of Yom Kippur 2020 and at Passover 1998; Nowruz is near.",
    { { "Orthodox Easter 2019", "DATE", "2019-04-28" }, { "the eve of Yom Kippur 2020", "DATE", "2020-09-27" }, { "Passover 1998", "DATE", "1998-04-11" }, { "Nowruz", "DATE", "2021-03-21" } } },
  { "a feast of which no day is known", "They kept Purim 1850.", { { "Purim 1850", "DATE", "1850" } } },

  { "what compares with a number a year ago", "It sold 50 a year ago and 20 a month earlier.", { { "a year ago", "DATE", "2020" }, { "a month earlier", "DATE", "2021-02" } } },
  { "any Sunday", "They were married on a Sunday in spring; the Friday before, it rained.", { { "Sunday", "DATE", "XXXX-WXX-7" }, { "spring", "DATE", "2021-SP" }, { "Friday", "DATE", "2021-02-26" } } },
  { "as many weeks as attacks", "It was the third attack in as many weeks.", {} },
  { "around an hour", "The bomb went off at around 3am, another shortly after; sirens came around 4:30 a.m. in the port.",
    { { "around 3am", "TIME", "2021-03-02T03", "APPROX" }, { "around 4:30 a.m.", "TIME", "2021-03-02T04:30", "APPROX" } } },
  { "a night and the morning it goes into", "Snow is forecast overnight Friday and into Saturday morning.", { { "overnight Friday", "TIME", "2021-03-05TNI" }, { "Saturday morning", "TIME", "2021-03-06TMO" } } },
  { "halves of the year, last year's feasts", "Sales fell in the second half of the year. Last year's Easter was cold, this St Patrick's Day may be warm; he will be gone by Christmas.",
    { { "the second half of the year", "DATE", "2021-H2" }, { "Last year's Easter", "DATE", "2020-04-12" }, { "this St Patrick's Day", "DATE", "2021-03-17" }, { "Christmas", "DATE", "2021-12-25" } } },
  { "this day of the week, behind", "A baker lost his life this Friday in the market; the fair opens this Friday.", { { "this Friday", "DATE", "2021-02-26" }, { "this Friday", "DATE", "2021-03-05" } } },
  { "until a day that has come", "We had no water until Monday. The school didn't open until Monday. The bridge will not open until Friday. He was held until Friday.",
    { { "Monday", "DATE", "2021-03-01" }, { "Monday", "DATE", "2021-03-01" }, { "Friday", "DATE", "2021-03-05" }, { "Friday", "DATE", "2021-03-05" } } },
  { "days that are forecast or called for", "The weather office forecast hail from Thursday to Friday. The union called a strike from Monday. The council, which meets on Friday, is split.",
    { { "Thursday", "DATE", "2021-03-04" }, { "Friday", "DATE", "2021-03-05" }, { "Monday", "DATE", "2021-03-08" }, { "Friday", "DATE", "2021-03-05" } } },
  { "hours before a date", "Situation as of 1200 hrs, 1 March. Boats left at 0630 hours on Monday. The pump ran for 1200 hours.",
    { { "1200 hrs, 1 March", "TIME", "2021-03-01T12:00" }, { "0630 hours on Monday", "TIME", "2021-03-01T06:30" }, { "1200 hours", "DURATION", "PT1200H" } } },
  { "the same day of another week", "It rained less than on the same day last week.", { { "the same day last week", "DATE", "2021-02-23" } } },
  { "tomorrow by its name", "Power will be back by tomorrow i.e. Wednesday.", { { "tomorrow", "DATE", "2021-03-03" }, { "Wednesday", "DATE", "2021-03-03" } } },

  -- words that are no dates
  { "a march is no month", "The annual March for Peace passed the fall of the wall.", {} },
  { "a march named by the word before it", "She joined Blue Dawn (the Salt March) and led the Mothers' March. In March it rained.", { { "March", "DATE", "2021-03" } } },
  { "a current of water is no present", "The current has pulled the raft away; in a strong current, the current mayor said, nobody swims against the current.",
    { { "current", "DATE", "PRESENT_REF" } } },
  { "a programme is no duration", "She spoke on \"60 Minutes\".", {} },
  { "an office is no second", "The SEC and 1348 homes.", {} },
}

describe("timex", function()
  for _, case in ipairs(cases) do if case.day == nil then case.day = "2021-03-02" elseif not case.day then case.day = nil end end
  local open, close, check = timex.cases(cases, "en")
  setup(open)
  teardown(close)
  for _, case in ipairs(cases) do
    it("reads: " .. case[1], function() check(case) end)
  end
end)
