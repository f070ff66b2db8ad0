// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/PickleCalls.h"

#include "weights/WeightTensor.h"

#include <algorithm>
#include <array>

namespace melscope {
namespace {

enum Callable : int64_t { OrderedDict, RebuildTensor, RebuildParameter, Size, Device, StorageClass };

struct KnownGlobal
{
    std::string_view module;
    std::string_view name;
    Callable callable;
};

constexpr std::array knownGlobals = {
    KnownGlobal{"collections", "OrderedDict", OrderedDict},
    KnownGlobal{"torch._utils", "_rebuild_tensor", RebuildTensor},
    KnownGlobal{"torch._utils", "_rebuild_tensor_v2", RebuildTensor},
    KnownGlobal{"torch._utils", "_rebuild_parameter", RebuildParameter},
    KnownGlobal{"torch", "Size", Size},
    KnownGlobal{"torch", "device", Device},
};

constexpr std::array dtypes = {std::string_view("float64"), std::string_view("float32"), std::string_view("float16"),
                               std::string_view("bfloat16"), std::string_view("int64"), std::string_view("int32"),
                               std::string_view("int16"), std::string_view("int8"), std::string_view("uint8"), std::string_view("bool")};

} // namespace

PickleNode PickleCalls::global(std::string_view module, std::string_view name) const
{
    const auto known = std::ranges::find_if(knownGlobals, [&](const KnownGlobal& g) { return g.module == module && g.name == name; });
    if (known != knownGlobals.end())
        return {.kind = PickleKind::Global, .integer = known->callable};
    if (module == "torch" && elementTypeOfTorchStorage(name))
        return {.kind = PickleKind::Global, .integer = StorageClass, .text = std::string(name)};
    if (module == "torch" && std::ranges::count(dtypes, name) > 0)
        return {.kind = PickleKind::Text, .text = "torch." + std::string(name)};
    m_refuse.unsupported("it asks for " + inQuotes(std::string(module) + "." + std::string(name))
                         + ", and a weight file may hold data only, never code or other objects. In Python, save model.state_dict() alone");
}

PickleNode PickleCalls::call(const PickleNode& callable, const PickleNode& arguments)
{
    if (callable.kind != PickleKind::Global || arguments.kind != PickleKind::Tuple)
        m_refuse.format("its pickle calls something that is no function");
    switch (static_cast<Callable>(callable.integer)) {
    case OrderedDict:
        return orderedDict(arguments);
    case RebuildTensor:
        return tensor(arguments);
    case RebuildParameter:
        return argument(arguments, 0, PickleKind::Tensor);
    case Size:
        return argument(arguments, 0, PickleKind::Tuple);
    case Device:
        return argument(arguments, 0, PickleKind::Text);
    case StorageClass:
        break;
    }
    m_refuse.format("its pickle calls a storage class");
}

PickleNode PickleCalls::persistent(const PickleNode& id)
{
    if (id.kind != PickleKind::Tuple || argument(id, 0, PickleKind::Text).text != "storage")
        m_refuse.unsupported("it holds a whole model, not only its weights. In Python, save model.state_dict() alone");
    const PickleNode& type = argument(id, 1, PickleKind::Global);
    if (type.integer != StorageClass)
        m_refuse.format("its pickle has a storage of no known class");
    const int64_t elements = argument(id, 4, PickleKind::Integer).integer;
    PickledView view{.storage = storage({.key = argument(id, 2, PickleKind::Text).text,
                                         .type = *elementTypeOfTorchStorage(type.text), .elements = elements}),
                     .elements = elements};
    if (id.items.size() > 5 && m_tree[id.items[5]].kind != PickleKind::None) {
        const PickleNode& part = argument(id, 5, PickleKind::Tuple);
        view.offset = argument(part, 1, PickleKind::Integer).integer;
        view.elements = argument(part, 2, PickleKind::Integer).integer;
    }
    if (view.offset < 0 || view.elements < 0 || view.offset > elements || view.elements > elements - view.offset)
        m_refuse.format("its pickle has a view that leaves its storage");
    m_tree.views.push_back(view);
    return {.kind = PickleKind::Storage, .integer = static_cast<int64_t>(m_tree.views.size() - 1)};
}

size_t PickleCalls::storage(PickledStorage wanted)
{
    const auto [entry, isNew] = m_storages.emplace(wanted.key, m_tree.storages.size());
    if (isNew) {
        m_tree.storages.push_back(std::move(wanted));
    } else {
        const PickledStorage& known = m_tree.storages[entry->second];
        if (known.type != wanted.type || known.elements != wanted.elements)
            m_refuse.format("its pickle describes storage " + inQuotes(wanted.key) + " in two ways");
    }
    return entry->second;
}

/// OrderedDict(), or as Python 2 wrote it OrderedDict([[key, value], ...]).
PickleNode PickleCalls::orderedDict(const PickleNode& arguments) const
{
    PickleNode dict{.kind = PickleKind::Dict};
    if (arguments.items.empty())
        return dict;
    for (const PickleNodeId pair : argument(arguments, 0, PickleKind::List).items) {
        const PickleNode& entry = m_tree[pair];
        if ((entry.kind != PickleKind::List && entry.kind != PickleKind::Tuple) || entry.items.size() != 2)
            m_refuse.format("its pickle makes a dictionary of something other than pairs");
        dict.items.insert(dict.items.end(), entry.items.begin(), entry.items.end());
    }
    return dict;
}

/// (storage, offset, shape, strides, ...): what follows concerns gradients and hooks.
PickleNode PickleCalls::tensor(const PickleNode& arguments)
{
    const PickledView& view = m_tree.views[static_cast<size_t>(argument(arguments, 0, PickleKind::Storage).integer)];
    PickledTensor tensor{.storage = view.storage, .offset = argument(arguments, 1, PickleKind::Integer).integer,
                         .shape = sizes(argument(arguments, 2, PickleKind::Tuple)),
                         .strides = sizes(argument(arguments, 3, PickleKind::Tuple))};
    const std::string problem = layoutProblem(tensor.shape, tensor.strides, tensor.offset, view.elements);
    if (!problem.empty())
        m_refuse.format("one of its tensors, of storage " + inQuotes(m_tree.storages[view.storage].key) + ", " + problem);
    tensor.offset += view.offset;
    m_tree.tensors.push_back(std::move(tensor));
    return {.kind = PickleKind::Tensor, .integer = static_cast<int64_t>(m_tree.tensors.size() - 1)};
}

std::vector<int64_t> PickleCalls::sizes(const PickleNode& tuple) const
{
    std::vector<int64_t> values;
    for (size_t i = 0; i < tuple.items.size(); ++i)
        values.push_back(argument(tuple, i, PickleKind::Integer).integer);
    return values;
}

const PickleNode& PickleCalls::argument(const PickleNode& arguments, size_t index, PickleKind kind) const
{
    if (index >= arguments.items.size() || m_tree[arguments.items[index]].kind != kind)
        m_refuse.format("its pickle passes arguments that do not fit");
    return m_tree[arguments.items[index]];
}

} // namespace melscope
