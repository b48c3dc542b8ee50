namespace EcgImageWeb.Client.Upload;

/// <summary>Where a chosen file stands.</summary>
public enum UploadState
{
    /// <summary>Chosen; its turn has not come.</summary>
    Waiting,

    /// <summary>On its way to the server.</summary>
    Uploading,

    /// <summary>At the server, in the queue or at work.</summary>
    Working,

    /// <summary>There is a result.</summary>
    Done,

    /// <summary>Refused, with a reason.</summary>
    Refused,
}
