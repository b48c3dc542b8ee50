using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks;

/// <summary>A module made of named parts and a function that uses them; the parts become its children and are disposed with it.</summary>
internal sealed class LambdaModule : nn.Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor> _forward;

    public LambdaModule(string name, Func<Tensor, Tensor> forward, params (string Name, nn.Module Part)[] parts)
        : base(name)
    {
        _forward = forward;
        foreach (var (partName, part) in parts) register_module(partName, part);
    }

    public override Tensor forward(Tensor input) => _forward(input);
}
