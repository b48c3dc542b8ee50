namespace EcgImageWeb.Signal.Records;

/// <summary>What an <see cref="AnnotationCode"/> is called and whether it is a beat.</summary>
public static class AnnotationCodes
{
    // One character a code, as ecgstr.c of the WFDB library prints them; 15, 17 and 42 to 49 have none.
    private const string Mnemonics = " NLRaVFJASEj/Q~ | sT*D\"=pB^t+u?![]en@xf()r";

    /// <summary>The one-character mnemonic (<c>N</c>, <c>/</c>, <c>+</c>); <c>[42]</c> for a code without one.</summary>
    public static string Mnemonic(this AnnotationCode code) =>
        (int)code < Mnemonics.Length && (code == 0 || Mnemonics[(int)code] != ' ')
            ? Mnemonics[(int)code].ToString()
            : FormattableString.Invariant($"[{(int)code}]");

    /// <summary>The code of a mnemonic.</summary>
    /// <exception cref="ArgumentException">No code is called so.</exception>
    public static AnnotationCode OfMnemonic(char mnemonic) =>
        mnemonic != ' ' && Mnemonics.IndexOf(mnemonic) is > 0 and var code
            ? (AnnotationCode)code
            : throw new ArgumentException($"No annotation code is called '{mnemonic}'.", nameof(mnemonic));

    /// <summary>
    /// True for the label of a heart beat. Flutter waves (<c>!</c>) are none: so counted, the 48 records of MIT-BIH have
    /// the 109,494 beats that PhysioNet states.
    /// </summary>
    public static bool IsBeat(this AnnotationCode code) =>
        code is >= AnnotationCode.Normal and <= AnnotationCode.Unclassifiable
            or AnnotationCode.BundleBranchBlock or AnnotationCode.Learning or AnnotationCode.AtrialEscape
            or AnnotationCode.SupraventricularEscape or AnnotationCode.PacedFusion or AnnotationCode.ROnT;
}
