namespace EcgImageWeb.Signal.DataSets;

/// <summary>Who is who in the MIT-BIH Arrhythmia Database.</summary>
public static class MitBih
{
    /// <summary>The records with a pacemaker, which EC57 leaves out of beat classification.</summary>
    public static IReadOnlyList<string> Paced { get; } = ["102", "104", "107", "217"];

    /// <summary>Training records of de Chazal, O'Dwyer and Reilly 2004 (DS1).</summary>
    public static IReadOnlyList<string> Ds1 { get; } =
    [
        "101", "106", "108", "109", "112", "114", "115", "116", "118", "119", "122", "124",
        "201", "203", "205", "207", "208", "209", "215", "220", "223", "230",
    ];

    /// <summary>Test records of the same paper (DS2); other people than in DS1, but for 202, who is 201.</summary>
    public static IReadOnlyList<string> Ds2 { get; } =
    [
        "100", "103", "105", "111", "113", "117", "121", "123", "200", "202", "210", "212",
        "213", "214", "219", "221", "222", "228", "231", "232", "233", "234",
    ];

    /// <summary>The person a record is of: its own name, except that 201 and 202 are of one man (MIT-BIH directory).</summary>
    public static string PatientOf(string record) => record == "202" ? "201" : record;
}
