namespace EcgImageWeb.Vision.Layout;

/// <summary>Leads whose boxes a person has set.</summary>
public static class GivenPlaces
{
    /// <summary>A layout of some leads alone, without the ink that was followed for other boxes: their traces are followed anew, from the middle of each box.</summary>
    /// <param name="layout">The page's layout.</param>
    /// <param name="leads">Leads of it.</param>
    public static PageLayout Alone(this PageLayout layout, IReadOnlyList<LeadPlace> leads)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return layout with { Leads = leads, Ink = null };
    }
}
