using System.Text;
using EcgImageWeb.Analysis.Jobs;

namespace EcgImageWeb.Analysis.Tests;

public class FileNamesTests
{
    [Theory]
    [InlineData("Normal(1).jpg", "Normal(1).jpg")]
    [InlineData("Befund Müller 心电图.png", "Befund Müller 心电图.png")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\Users\me\page.png", "page.png")]
    [InlineData("folder/", "page")]
    [InlineData("", "page")]
    [InlineData(".", "page")]
    [InlineData("..", "page")]
    [InlineData("... ...", "page")]
    [InlineData(".hidden.jpg", "hidden.jpg")]
    [InlineData("page.jpg. . .", "page.jpg")]
    [InlineData("a\0b\r\n\tc\u001b[31m.jpg", "abc[31m.jpg")]
    [InlineData("a<b>c:d\"e|f?g*h.jpg", "abcdefgh.jpg")]
    [InlineData("CON.jpg", "page-CON.jpg")]
    [InlineData("nul", "page-nul")]
    [InlineData("lpt1.tar.gz", "page-lpt1.tar.gz")]
    [InlineData("concert.jpg", "concert.jpg")]
    public void Makes_a_name_of(string given, string name) => Assert.Equal(name, FileNames.Clean(given));

    [Theory]
    [InlineData("page\u202Egpj.exe", "pagegpj.exe")]
    [InlineData("\u200Fpage\u2066.jpg\uFEFF", "page.jpg")]
    [InlineData("one\u2028two\u2029three\u0085.jpg", "onetwothree.jpg")]
    [InlineData("\u00A0 page.jpg\u3000", "page.jpg")]
    public void Drops_marks_that_turn_the_direction_or_break_the_line(string given, string name) => Assert.Equal(name, FileNames.Clean(given));

    [Fact]
    public void Keeps_characters_of_two_surrogates_and_drops_broken_ones()
    {
        Assert.Equal("\U0001FAC0.jpg", FileNames.Clean("\U0001FAC0.jpg"));
        Assert.Equal("heart.jpg", FileNames.Clean("\ud83ehe\udec0art.jpg\ud83e"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ü")]
    [InlineData("心")]
    [InlineData("\U0001FAC0")]
    public void Cuts_a_long_name_at_a_character_to_what_a_file_system_takes_and_keeps_the_ending(string character)
    {
        var name = FileNames.Clean(string.Concat(Enumerable.Repeat(character, 999)) + ".jpg");

        Assert.InRange(Encoding.UTF8.GetByteCount(name), 190, 200);
        Assert.EndsWith(character + ".jpg", name, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void A_clean_name_stays_as_it_is()
    {
        foreach (var given in (string[])["...a. .", "con", "\u202E..x", new string('.', 300) + new string('a', 300), "a/b\\c"])
        {
            var once = FileNames.Clean(given);
            Assert.Equal(once, FileNames.Clean(once));
        }
    }
}
