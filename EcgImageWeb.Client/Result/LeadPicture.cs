namespace EcgImageWeb.Client.Result;

/// <summary>Which picture of the leads is shown.</summary>
public enum LeadPicture
{
    /// <summary>As cut from the page.</summary>
    Raw,

    /// <summary>After the Gaussian filter.</summary>
    Smoothed,

    /// <summary>After Otsu's threshold.</summary>
    Thresholded,
}
