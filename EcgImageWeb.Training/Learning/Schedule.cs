namespace EcgImageWeb.Training.Learning;

/// <summary>Learning rates over a training: functions from the share that is done (0 to 1) to a factor.</summary>
public static class Schedule
{
    /// <summary>Always 1.</summary>
    /// <param name="done">Share of the training that is done.</param>
    public static double Constant(double done) => 1;

    /// <summary>A linear rise, then half a cosine down to zero.</summary>
    /// <param name="warmUp">Share of the training that rises, 0 to below 1.</param>
    public static Func<double, double> Cosine(double warmUp = 0)
        => done => done < warmUp ? done / warmUp : 0.5 * (1 + Math.Cos(Math.PI * (done - warmUp) / (1 - warmUp)));

    /// <summary>One cycle (Smith 2018): half a cosine up from 1/25, half a cosine down to nearly zero.</summary>
    /// <param name="rise">Share of the training that rises.</param>
    public static Func<double, double> OneCycle(double rise = 0.3)
    {
        const double Start = 1.0 / 25, End = Start / 1e4;
        static double Between(double from, double to, double share) => to + (from - to) * 0.5 * (1 + Math.Cos(Math.PI * share));
        return done => done < rise ? Between(Start, 1, done / rise) : Between(1, End, (done - rise) / (1 - rise));
    }
}
