// The engine's random numbers are one stream for the whole process; trainings beside each other would draw from each other's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
