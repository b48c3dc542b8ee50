using System.Xml.Linq;

namespace House.Tests;

/// <summary>The arrows of ARCHITECTURE.md, read off the project files.</summary>
public class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["EcgImageWeb.Signal"] = [],
        ["EcgImageWeb.Inference"] = ["OnnxRuntime"],
        ["EcgImageWeb.Vision"] = ["EcgImageWeb.Signal", "EcgImageWeb.Inference", "OpenCvSharp"],
        ["EcgImageWeb.Analysis"] = ["EcgImageWeb.Vision", "EcgImageWeb.Signal", "EcgImageWeb.Inference"],
        ["EcgImageWeb.Training"] = ["EcgImageWeb.Vision", "EcgImageWeb.Signal", "EcgImageWeb.Inference", "TorchSharp"],
        ["EcgImageWeb.Client"] = ["EcgImageWeb.Analysis"],
        ["EcgImageWeb.Server"] = ["EcgImageWeb.Client", "EcgImageWeb.Analysis"],
        ["EcgImageWeb.Cli"] = ["EcgImageWeb.Analysis", "EcgImageWeb.Training"],
    };

    [Fact]
    public void Every_room_uses_only_what_the_house_allows()
    {
        var root = Repository.Root;
        var rooms = Directory.GetDirectories(root, "EcgImageWeb.*").Select(Path.GetFileName).Order();
        Assert.Equal(Allowed.Keys.Order(), rooms!);
        foreach (var (room, allowed) in Allowed)
        {
            var project = XDocument.Load(Path.Combine(root, room, room + ".csproj"));
            var used = project.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))
                .Concat(project.Descendants("Engine").Select(e => e.Attribute("Include")!.Value));
            Assert.Empty(used.Except(allowed));
        }
    }

    [Fact]
    public void Package_versions_stand_in_one_place_and_are_exact()
    {
        var root = Repository.Root;
        var projects = Directory.GetFiles(root, "*.csproj", SearchOption.AllDirectories).Where(p => !p.Contains("/node_modules/", StringComparison.Ordinal));
        foreach (var project in projects)
            Assert.DoesNotContain(XDocument.Load(project).Descendants("PackageReference"), r => r.Attribute("Version") is not null);
        var versions = XDocument.Load(Path.Combine(root, "Directory.Packages.props")).Descendants("PackageVersion").Select(v => v.Attribute("Version")!.Value);
        Assert.All(versions, version => Assert.Matches(@"^\d+(\.\d+)+$", version));
    }
}
