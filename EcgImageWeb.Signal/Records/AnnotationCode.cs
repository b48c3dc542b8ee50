namespace EcgImageWeb.Signal.Records;

/// <summary>The annotation codes of ecgcodes.h (WFDB Applications Guide, "Annotation codes"). Codes 42 to 49 are a file's own.</summary>
public enum AnnotationCode : byte
{
    /// <summary>Not a beat, or no annotation.</summary>
    NotQrs = 0,
    /// <summary>N: normal beat.</summary>
    Normal = 1,
    /// <summary>L: left bundle branch block beat.</summary>
    LeftBundleBranchBlock = 2,
    /// <summary>R: right bundle branch block beat.</summary>
    RightBundleBranchBlock = 3,
    /// <summary>a: aberrated atrial premature beat.</summary>
    AberratedAtrialPremature = 4,
    /// <summary>V: premature ventricular contraction.</summary>
    PrematureVentricular = 5,
    /// <summary>F: fusion of ventricular and normal beat.</summary>
    Fusion = 6,
    /// <summary>J: nodal (junctional) premature beat.</summary>
    NodalPremature = 7,
    /// <summary>A: atrial premature contraction.</summary>
    AtrialPremature = 8,
    /// <summary>S: premature or ectopic supraventricular beat.</summary>
    SupraventricularPremature = 9,
    /// <summary>E: ventricular escape beat.</summary>
    VentricularEscape = 10,
    /// <summary>j: nodal (junctional) escape beat.</summary>
    NodalEscape = 11,
    /// <summary>/: paced beat.</summary>
    Paced = 12,
    /// <summary>Q: unclassifiable beat.</summary>
    Unclassifiable = 13,
    /// <summary>~: change of signal quality.</summary>
    SignalQuality = 14,
    /// <summary>|: isolated QRS-like artifact.</summary>
    Artifact = 16,
    /// <summary>s: ST segment change.</summary>
    StChange = 18,
    /// <summary>T: T wave change.</summary>
    TChange = 19,
    /// <summary>*: systole.</summary>
    Systole = 20,
    /// <summary>D: diastole.</summary>
    Diastole = 21,
    /// <summary>": comment.</summary>
    Note = 22,
    /// <summary>=: measurement.</summary>
    Measurement = 23,
    /// <summary>p: peak of a P wave.</summary>
    PWave = 24,
    /// <summary>B: bundle branch block beat, side unknown.</summary>
    BundleBranchBlock = 25,
    /// <summary>^: pacemaker spike that captured nothing.</summary>
    PacerSpike = 26,
    /// <summary>t: peak of a T wave.</summary>
    TWave = 27,
    /// <summary>+: change of rhythm, named in the AUX string.</summary>
    Rhythm = 28,
    /// <summary>u: peak of a U wave.</summary>
    UWave = 29,
    /// <summary>?: beat of a learning phase.</summary>
    Learning = 30,
    /// <summary>!: ventricular flutter wave.</summary>
    VentricularFlutterWave = 31,
    /// <summary>[: start of ventricular flutter or fibrillation.</summary>
    VentricularFlutterOn = 32,
    /// <summary>]: end of ventricular flutter or fibrillation.</summary>
    VentricularFlutterOff = 33,
    /// <summary>e: atrial escape beat.</summary>
    AtrialEscape = 34,
    /// <summary>n: supraventricular escape beat.</summary>
    SupraventricularEscape = 35,
    /// <summary>@: link to external data, address in the AUX string.</summary>
    Link = 36,
    /// <summary>x: blocked atrial premature beat (a P wave without QRS).</summary>
    NonConductedP = 37,
    /// <summary>f: fusion of paced and normal beat.</summary>
    PacedFusion = 38,
    /// <summary>(: onset of a wave.</summary>
    WaveOnset = 39,
    /// <summary>): end of a wave.</summary>
    WaveEnd = 40,
    /// <summary>r: R-on-T premature ventricular contraction.</summary>
    ROnT = 41,
}
