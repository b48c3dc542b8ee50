using System.Globalization;
using System.Text;
using EcgImageWeb.Analysis.Results;

namespace EcgImageWeb.Client.Upload;

/// <summary>The table of several files as CSV.</summary>
internal static class BatchCsv
{
    /// <summary>One row a file that has ended.</summary>
    public static string Write(IEnumerable<UploadRow> rows)
    {
        var text = new StringBuilder("file,state,class,probability,leads_agree,leads,model,aggregation,warnings,error,id\r\n");
        foreach (var row in rows.Where(row => row.IsEnded))
            text.AppendJoin(',', new[]
            {
                row.Name,
                row.State == UploadState.Done ? "done" : "refused",
                row.Answer?.Class ?? "",
                row.Probability?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "",
                Number(row.Answer?.Agreeing),
                Number(row.Answer?.Leads),
                row.Answer?.Model ?? "",
                row.Answer?.Aggregation ?? "",
                Number(row.Warnings),
                row.Error is { } error ? $"{error.Code}: {error.Message}" : "",
                row.Id ?? "",
            }.Select(ResultCsv.Cell)).Append("\r\n");
        return text.ToString();
    }

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
