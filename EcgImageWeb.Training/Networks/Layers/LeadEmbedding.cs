using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Adds a learned vector for each lead to [leads, features], so that what follows knows which lead it sees.</summary>
public sealed record LeadEmbedding : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => input.Rank == 2 ? input : throw DoesNotTake(input, "[leads, features]");

    /// <inheritdoc/>
    public override long ParameterCount(Shape input) => input.Count;

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        // A dense layer without inputs' influence: one row of weights a lead.
        var rows = nn.Linear(input[0], input[1], false);
        return new LambdaModule(nameof(LeadEmbedding), x => x.add(rows.weight!.transpose(0, 1)), ("leads", rows));
    }

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
        => graph.Add("Add", input.Shape, [input.Name, graph.Weight(weights["leads.weight"].Transposed(), compress: false)]);
}
