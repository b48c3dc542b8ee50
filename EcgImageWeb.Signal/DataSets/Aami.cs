using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.DataSets;

/// <summary>From annotation codes to AAMI classes.</summary>
public static class Aami
{
    /// <summary>
    /// The class of a beat by table II of de Chazal, O'Dwyer and Reilly, "Automatic classification of heartbeats using ECG morphology and
    /// heartbeat interval features", IEEE Trans. Biomed. Eng. 2004; null for what is no beat. Codes the table leaves out (none occurs in
    /// MIT-BIH): B is N, n is S, r is V, ? is Q.
    /// </summary>
    public static AamiClass? ClassOf(AnnotationCode code) => code switch
    {
        AnnotationCode.Normal or AnnotationCode.LeftBundleBranchBlock or AnnotationCode.RightBundleBranchBlock
            or AnnotationCode.BundleBranchBlock or AnnotationCode.AtrialEscape or AnnotationCode.NodalEscape => AamiClass.N,
        AnnotationCode.AtrialPremature or AnnotationCode.AberratedAtrialPremature or AnnotationCode.NodalPremature
            or AnnotationCode.SupraventricularPremature or AnnotationCode.SupraventricularEscape => AamiClass.S,
        AnnotationCode.PrematureVentricular or AnnotationCode.VentricularEscape or AnnotationCode.ROnT => AamiClass.V,
        AnnotationCode.Fusion => AamiClass.F,
        AnnotationCode.Paced or AnnotationCode.PacedFusion or AnnotationCode.Unclassifiable or AnnotationCode.Learning => AamiClass.Q,
        _ => null,
    };
}
