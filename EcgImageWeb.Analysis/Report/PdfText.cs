using System.Text;

namespace EcgImageWeb.Analysis.Report;

/// <summary>Text as the PDF's Helvetica has it: WinAnsi (Windows-1252); what it has not becomes a question mark.</summary>
internal static class PdfText
{
    // Adobe's font metrics of Helvetica, space to tilde, thousandths of the size.
    private static readonly short[] Widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private const short OtherWidth = 600;

    private static readonly Dictionary<char, char> Beyond = new()
    {
        ['…'] = '\u0085',
        ['‘'] = '\u0091',
        ['’'] = '\u0092',
        ['“'] = '\u0093',
        ['”'] = '\u0094',
        ['•'] = '\u0095',
        ['–'] = '\u0096',
        ['—'] = '\u0097',
        ['−'] = '-',
        ['€'] = '\u0080',
    };

    /// <summary>The inside of a literal string.</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var letter in text)
        {
            var known = Beyond.TryGetValue(letter, out var other) ? other : letter is (>= ' ' and <= '~') or (>= '\u00A0' and <= '\u00FF') ? letter : '?';
            if (known is '(' or ')' or '\\')
                escaped.Append('\\');
            escaped.Append(known);
        }
        return escaped.ToString();
    }

    /// <summary>Width in millimetres; bold is taken a tenth wider.</summary>
    public static double Width(string text, double sizeMm) =>
        text.Sum(letter => letter is >= ' ' and <= '~' ? Widths[letter - ' '] : OtherWidth) * sizeMm / 1000;

    /// <summary>Lines no wider than that; a word that is wider is broken.</summary>
    public static IEnumerable<string> Wrapped(string text, double sizeMm, double widthMm)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var rest = word;
            while (line.Length > 0 ? Width(line + " " + rest, sizeMm) > widthMm : Width(rest, sizeMm) > widthMm && rest.Length > 1)
            {
                if (line.Length == 0)
                {
                    var fits = rest.Length - 1;
                    while (fits > 1 && Width(rest[..fits], sizeMm) > widthMm)
                        fits--;
                    (line, rest) = (rest[..fits], rest[fits..]);
                }
                yield return line;
                line = "";
            }
            line = line.Length > 0 ? line + " " + rest : rest;
        }
        yield return line;
    }
}
