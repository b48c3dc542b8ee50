// One server and one browser for all; two cores are not faster with two pages at once.
[assembly: AssemblyFixture(typeof(EcgImageWeb.Browser.Tests.Site))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
