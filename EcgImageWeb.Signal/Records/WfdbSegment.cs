namespace EcgImageWeb.Signal.Records;

/// <summary>One segment line of a multi-segment WFDB header.</summary>
/// <param name="Name">Record of the segment; <c>~</c> for a gap.</param>
/// <param name="FrameCount">Length in frames; 0 for the layout segment of a record whose signals vary.</param>
public sealed record WfdbSegment(string Name, long FrameCount);
