// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/PickledWeights.h"

#include "weights/PickleJson.h"

#include <algorithm>
#include <array>
#include <set>

namespace melscope {
namespace {

constexpr int mostLevels = 32;
constexpr size_t mostTensors = 200'000;
constexpr size_t mostVisits = 4'000'000;
// Tied weights appear twice; a file in which everything appears often is made to fill the memory.
constexpr int64_t mostRepetitions = 4;
constexpr int64_t smallChange = 1 << 20;

/// Where training scripts put the state dict, beside an epoch or an optimiser.
constexpr std::array wrappers = {"model", "state_dict", "model_state_dict", "module", "net", "weights"};

/// Which nodes hold a tensor, themselves or anywhere below.
std::vector<bool> nodesWithTensors(const PickleTree& tree)
{
    std::vector<std::vector<PickleNodeId>> parents(tree.nodes.size());
    std::vector<PickleNodeId> open;
    std::vector<bool> found(tree.nodes.size());
    for (PickleNodeId id = 0; id < tree.nodes.size(); ++id) {
        for (const PickleNodeId item : tree[id].items)
            parents[item].push_back(id);
        if (tree[id].kind == PickleKind::Tensor) {
            found[id] = true;
            open.push_back(id);
        }
    }
    while (!open.empty()) {
        const PickleNodeId id = open.back();
        open.pop_back();
        for (const PickleNodeId parent : parents[id]) {
            if (!found[parent])
                open.push_back(parent);
            found[parent] = true;
        }
    }
    return found;
}

class Collector
{
public:
    Collector(const PickleTree& tree, const Refusal& refuse) : m_tree(tree), m_refuse(refuse), m_holdsTensor(nodesWithTensors(tree)) {}

    WeightFile collect()
    {
        if (m_tree[m_tree.root].kind != PickleKind::Dict)
            m_refuse.format("it holds no dictionary of tensors. In Python, save model.state_dict()");
        PickleNodeId dict = m_tree.root;
        for (int level = 0; level < mostLevels; ++level) {
            const auto inner = wrapped(dict);
            if (!inner)
                break;
            addMetadata(dict, *inner);
            dict = *inner;
        }
        flatten(dict, "", 0);
        if (m_file.tensors.empty())
            m_refuse.format("it holds no tensor");
        return std::move(m_file);
    }

    /// Of the collected tensors, in order: index into the tree's tensors.
    const std::vector<size_t>& sources() const { return m_sources; }

private:
    /// The state dict within a dictionary that has no tensor of its own.
    std::optional<PickleNodeId> wrapped(PickleNodeId dict) const
    {
        const std::vector<PickleNodeId>& items = m_tree[dict].items;
        for (size_t i = 0; i < items.size(); i += 2) {
            if (m_tree[items[i + 1]].kind == PickleKind::Tensor)
                return std::nullopt;
        }
        for (const char* wrapper : wrappers) {
            for (size_t i = 0; i < items.size(); i += 2) {
                const PickleNodeId value = items[i + 1];
                if (m_tree[items[i]].text == wrapper && m_tree[value].kind == PickleKind::Dict && m_holdsTensor[value])
                    return value;
            }
        }
        return std::nullopt;
    }

    void addMetadata(PickleNodeId dict, PickleNodeId except)
    {
        const std::vector<PickleNodeId>& items = m_tree[dict].items;
        for (size_t i = 0; i < items.size(); i += 2) {
            if (items[i + 1] != except)
                addOther(nameOf(items[i]), items[i + 1]);
        }
    }

    void addOther(const std::string& name, PickleNodeId value)
    {
        constexpr size_t mostParts = 1000;
        auto json = m_holdsTensor[value] ? std::nullopt : pickleToJson(m_tree, value, m_metadataBudget);
        if (json && m_file.metadata.size() < mostParts)
            m_file.metadata[name] = std::move(*json);
        else if (m_file.leftOut.size() < mostParts)
            m_file.leftOut.push_back(name);
    }

    void flatten(PickleNodeId dict, const std::string& prefix, int level)
    {
        const std::vector<PickleNodeId>& items = m_tree[dict].items;
        for (size_t i = 0; i < items.size(); i += 2) {
            if (++m_visits > mostVisits || level > mostLevels || m_file.tensors.size() > mostTensors)
                m_refuse.format("its dictionaries unfold without end");
            const std::string name = prefix + nameOf(items[i]);
            const PickleNode& value = m_tree[items[i + 1]];
            if (value.kind == PickleKind::Tensor)
                addTensor(name, static_cast<size_t>(value.integer));
            else if (value.kind == PickleKind::Dict && m_holdsTensor[items[i + 1]] && !isOptimizer(name))
                flatten(items[i + 1], name + ".", level + 1);
            else
                addOther(name, items[i + 1]);
        }
    }

    static bool isOptimizer(const std::string& name) { return name.starts_with("optim") || name.ends_with("optimizer"); }

    void addTensor(const std::string& name, size_t index)
    {
        if (!m_names.insert(name).second)
            m_refuse.format("it has two tensors called " + inQuotes(name));
        const PickledTensor& tensor = m_tree.tensors[index];
        m_file.tensors.push_back({.name = name, .type = m_tree.storages[tensor.storage].type, .shape = tensor.shape,
                                  .strides = tensor.strides, .offset = tensor.offset});
        m_sources.push_back(index);
    }

    std::string nameOf(PickleNodeId key) const
    {
        const auto name = pickleKey(m_tree[key]);
        if (!name)
            m_refuse.format("one of its dictionaries has a key that is neither text nor a number");
        return *name;
    }

    const PickleTree& m_tree;
    const Refusal& m_refuse;
    const std::vector<bool> m_holdsTensor;
    WeightFile m_file;
    std::vector<size_t> m_sources;
    std::set<std::string> m_names;
    size_t m_visits = 0;
    int m_metadataBudget = 20'000; // values; BEATs' cfg and label_dict have 570
};

} // namespace

WeightFile weightsOf(const PickleTree& tree, const StorageLoader& load, const Refusal& refuse)
{
    Collector collector(tree, refuse);
    WeightFile file = collector.collect();
    std::vector<bool> needed(tree.storages.size());
    for (const size_t source : collector.sources())
        needed[tree.tensors[source].storage] = true;
    std::vector<WeightStorage> storages;
    int64_t stored = smallChange;
    for (size_t i = 0; i < tree.storages.size(); ++i) {
        storages.push_back(load(tree.storages[i], needed[i]));
        stored += storages.back().size;
    }
    int64_t used = 0;
    for (size_t i = 0; i < file.tensors.size(); ++i) {
        file.tensors[i].storage = storages[tree.tensors[collector.sources()[i]].storage];
        used += file.tensors[i].byteSize();
        if (used / mostRepetitions > stored)
            refuse.format("its tensors repeat the same numbers over and over");
    }
    return file;
}

} // namespace melscope
