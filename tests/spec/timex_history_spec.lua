-- Time in narrative history (wars, lives): dates follow the tale that is told, whatever the day on which it appeared. Invented wars.

local timex = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "timex_workshop.lua")

local cases = {
  { "reads years before and after Christ", "In 480 BC the fleet was beaten; in AD 43 and in 79 CE it sailed again, and around 100 B.C. nobody knew of it.",
    { { "480 BC", "DATE", "BC0480" }, { "AD 43", "DATE", "0043" }, { "79 CE", "DATE", "0079" }, { "100 B.C.", "DATE", "BC0100" } } },
  { "counts on from a year before Christ", "On 2 August 216 BC the army was lost; the following year it was raised anew. The war of 264-241 BC was over.",
    { { "2 August 216 BC", "DATE", "BC0216-08-02" }, { "the following year", "DATE", "BC0215" }, { "264", "DATE", "BC0264" }, { "241 BC", "DATE", "BC0241" } } },
  { "reads centuries and decades", "The late 18th century was poor, the 3rd century BC rich; the 1860s and the 1440s were neither.",
    { { "The late 18th century", "DATE", "17", "END" }, { "the 3rd century BC", "DATE", "BC02" }, { "the 1860s", "DATE", "186" }, { "the 1440s", "DATE", "144" } } },
  { "reads years of the middle ages, and takes no number for one", "The tower was built in 1066 and fell in 1348. Some 1200 men and 1300 horses had held it.",
    { { "1066", "DATE", "1066" }, { "1348", "DATE", "1348" } } },
  { "reads a span of years", "From 1914 to 1918 the bridge was shut, as in 1870-71.",
    { { "1914", "DATE", "1914" }, { "1918", "DATE", "1918" }, { "1870", "DATE", "1870" }, { "71", "DATE", "1871" } } },
  { "lends the year of a span to its beginning", "Between March and June 1915 it rained. From 4 August to 10 September 1916 it rested, from 28 December to 3 January 1918 it froze.",
    { { "March", "DATE", "1915-03" }, { "June 1915", "DATE", "1915-06" }, { "4 August", "DATE", "1916-08-04" }, { "10 September 1916", "DATE", "1916-09-10" },
      { "28 December", "DATE", "1917-12-28" }, { "3 January 1918", "DATE", "1918-01-03" } } },
  { "tells on from the last date that was named", "The war of the two valleys lasted from 1811 to 1814. In the spring of 1812 the duke crossed the river. On 3 June he took the lower town, and two days later the "
      .. "citadel fell. The following month he withdrew. That winter many starved. In January he came back, and by the end of August he held the coast.",
    { { "1811", "DATE", "1811" }, { "1814", "DATE", "1814" }, { "the spring of 1812", "DATE", "1812-SP" }, { "3 June", "DATE", "1812-06-03" }, { "two days later", "DATE", "1812-06-05" },
      { "The following month", "DATE", "1812-07" }, { "That winter", "DATE", "1812-WI" }, { "January", "DATE", "1813-01" }, { "the end of August", "DATE", "1813-08", "END" } } },
  { "does so although the article has a day of its own", "The canal was begun in 1855, left in 1857 and finished in 1861. That summer the first ship came. On 3 September it sank, and three years after the flood it was raised.",
    { { "1855", "DATE", "1855" }, { "1857", "DATE", "1857" }, { "1861", "DATE", "1861" }, { "That summer", "DATE", "1861-SU" }, { "3 September", "DATE", "1861-09-03" }, { "three years", "DURATION", "P3Y" } },
    day = "2010-05-04" },
  { "reads the nights and mornings of a siege", "There had been sieges in 1640 and 1642; this one began in May 1644. On the night of 12-13 June the mine was fired. At dawn on 15 June the wall fell; that evening the town was sacked, "
      .. "and the next morning it burnt. The following night was quiet.",
    { { "1640", "DATE", "1640" }, { "1642", "DATE", "1642" }, { "May 1644", "DATE", "1644-05" }, { "the night of 12-13 June", "TIME", "1644-06-12TNI" }, { "dawn on 15 June", "TIME", "1644-06-15TDA" },
      { "that evening", "TIME", "1644-06-15TEV" }, { "the next morning", "TIME", "1644-06-16TMO" }, { "The following night", "TIME", "1644-06-17TNI" } } },
  { "reckons the days of the week from the tale", "In 1807, 1809 and 1813 the river froze. On 3 February 1813, a Wednesday, the guns were brought over; on Saturday they fired.",
    { { "1807", "DATE", "1807" }, { "1809", "DATE", "1809" }, { "1813", "DATE", "1813" }, { "3 February 1813", "DATE", "1813-02-03" }, { "Wednesday", "DATE", "1813-02-03" },
      { "Saturday", "DATE", "1813-02-06" } }, day = "2010-05-04" },
  { "needs no more than one day long ago where nothing speaks of today", "The army marched from the coast on 28 September 1813. On 2 October it reached the river; on the 5th the guns came. "
      .. "That same evening the bridge was blown up, and on the morning of the 7th the enemy was gone. By Christmas half of the men were dead; in January the rest went home.",
    { { "28 September 1813", "DATE", "1813-09-28" }, { "2 October", "DATE", "1813-10-02" }, { "the 5th", "DATE", "1813-10-05" }, { "That same evening", "TIME", "1813-10-05TEV" },
      { "the morning of the 7th", "TIME", "1813-10-07TMO" }, { "Christmas", "DATE", "1813-12-25" }, { "January", "DATE", "1814-01" } }, day = "2010-05-04" },
  { "but is no tale when an old day is only mentioned", "The law of 4 May 1921 has been changed. The court had asked for it on 12 April, and on Monday parliament voted.",
    { { "4 May 1921", "DATE", "1921-05-04" }, { "12 April", "DATE", "2010-04-12" }, { "Monday", "DATE", "2010-05-03" } }, day = "2010-05-04" },
  { "follows a life", "Born in 1880 in the hills, she went to the capital in 1899. The following spring she fell ill. In 1902 she married; two years later her son was born. The next year she left. Late that year "
      .. "she began to write, and in the autumn of the same year her first book came out.",
    { { "1880", "DATE", "1880" }, { "1899", "DATE", "1899" }, { "The following spring", "DATE", "1900-SP" }, { "1902", "DATE", "1902" }, { "two years later", "DATE", "1904" }, { "The next year", "DATE", "1905" },
      { "Late that year", "DATE", "1905", "END" }, { "the autumn of the same year", "DATE", "1905-FA" } } },
  { "is not moved by dates in brackets", "His mother (1840-1911) and his uncle (born 4 May 1835) had left in 1861, 1863 and 1866. On 3 June his father (1838-1907) followed.",
    { { "1840", "DATE", "1840" }, { "1911", "DATE", "1911" }, { "4 May 1835", "DATE", "1835-05-04" }, { "1861", "DATE", "1861" }, { "1863", "DATE", "1863" }, { "1866", "DATE", "1866" },
      { "3 June", "DATE", "1866-06-03" }, { "1838", "DATE", "1838" }, { "1907", "DATE", "1907" } } },
  { "leaves the years that open a tale behind", "The war of the two lakes lasted from 6 April 1832 to 12 August 1834. In the spring of 1832 the governor sent his guns; the following year the fort was taken. "
      .. "In June he came back, and on 4 July he attacked. The next day the guns were silent.",
    { { "6 April 1832", "DATE", "1832-04-06" }, { "12 August 1834", "DATE", "1834-08-12" }, { "the spring of 1832", "DATE", "1832-SP" }, { "the following year", "DATE", "1833" }, { "June", "DATE", "1833-06" },
      { "4 July", "DATE", "1833-07-04" }, { "The next day", "DATE", "1833-07-05" } }, day = "2010-05-04" },
  { "goes over the turn of the year", "The governor was chosen in November 1840 and sworn in the following March. On April 12, the first bridge was blown up. Three days later he called for men. On October 20 the river froze; "
      .. "on 5 January the town fell, and in February peace came.",
    { { "November 1840", "DATE", "1840-11" }, { "the following March", "DATE", "1841-03" }, { "April 12", "DATE", "1841-04-12" }, { "Three days later", "DATE", "1841-04-15" }, { "October 20", "DATE", "1841-10-20" },
      { "5 January", "DATE", "1842-01-05" }, { "February", "DATE", "1842-02" } }, day = "2010-05-04" },
  { "reads hours, mornings and nights of a battle", "The first shot fell at dawn on 3 May 1808. By noon the square was full. That afternoon two hundred died, and the following morning all was quiet. "
      .. "At 2:41 on the afternoon of 7 May the paper was signed.",
    { { "dawn on 3 May 1808", "TIME", "1808-05-03TDA" }, { "noon", "TIME", "1808-05-03T12:00" }, { "That afternoon", "TIME", "1808-05-03TAF" }, { "the following morning", "TIME", "1808-05-04TMO" },
      { "2:41 on the afternoon of 7 May", "TIME", "1808-05-07T14:41" } } },
  { "reads what came after", "The revolt of 1891 was put down on 2 June 1892. In the following weeks hundreds fled. On the following May 15 a treaty was made; some months afterwards it was void. "
      .. "In the last week of September the port fell.",
    { { "1891", "DATE", "1891" }, { "2 June 1892", "DATE", "1892-06-02" }, { "the following weeks", "DURATION", "PXW" }, { "the following May 15", "DATE", "1893-05-15" }, { "some months", "DURATION", "PXM" },
      { "the last week of September", "DATE", "1893-W39" } } },
  { "counts half years from a year alone", "The mill was built in 1852, in 1861 and in 1870. Two and a half years later it burnt.",
    { { "1852", "DATE", "1852" }, { "1861", "DATE", "1861" }, { "1870", "DATE", "1870" }, { "Two and a half years later", "DATE", "1872" } } },
  { "stays with the day of the article where the text is news", "The mill, built in 1902, rebuilt in 1921 and sold in 1988, burnt on Sunday. It was to reopen last week, the owner said yesterday; in January it had been shut.",
    { { "1902", "DATE", "1902" }, { "1921", "DATE", "1921" }, { "1988", "DATE", "1988" }, { "Sunday", "DATE", "2021-02-28" }, { "last week", "DATE", "2021-W08" }, { "yesterday", "DATE", "2021-03-01" },
      { "January", "DATE", "2021-01" } }, day = "2021-03-02" },
}

describe("timex in history", function()
  local open, close, check = timex.cases(cases, "en")
  setup(open)
  teardown(close)
  for _, case in ipairs(cases) do
    it(case[1], function() check(case) end)
  end
end)
