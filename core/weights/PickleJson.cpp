// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/PickleJson.h"

namespace melscope {
namespace {

constexpr int mostLevels = 32;

class Converter
{
public:
    Converter(const PickleTree& tree, int& budget) : m_tree(tree), m_budget(budget) {}

    std::optional<Json> convert(PickleNodeId value, int level)
    {
        if (--m_budget < 0 || level > mostLevels)
            return std::nullopt;
        const PickleNode& node = m_tree[value];
        switch (node.kind) {
        case PickleKind::None: return Json();
        case PickleKind::Boolean: return Json(node.integer != 0);
        case PickleKind::Integer: return Json(node.integer);
        case PickleKind::Real: return Json(node.real);
        case PickleKind::Text: return Json(node.text);
        case PickleKind::List:
        case PickleKind::Tuple:
        case PickleKind::Set: return array(node, level);
        case PickleKind::Dict: return object(node, level);
        case PickleKind::Bytes:
        case PickleKind::Global:
        case PickleKind::Storage:
        case PickleKind::Tensor: break;
        }
        return std::nullopt;
    }

private:
    std::optional<Json> array(const PickleNode& node, int level)
    {
        Json result = Json::array();
        for (const PickleNodeId item : node.items) {
            auto element = convert(item, level + 1);
            if (!element)
                return std::nullopt;
            result.push_back(std::move(*element));
        }
        return result;
    }

    std::optional<Json> object(const PickleNode& node, int level)
    {
        Json result = Json::object();
        for (size_t i = 0; i + 1 < node.items.size(); i += 2) {
            const auto key = pickleKey(m_tree[node.items[i]]);
            auto element = convert(node.items[i + 1], level + 1);
            if (!key || !element)
                return std::nullopt;
            result[*key] = std::move(*element);
        }
        return result;
    }

    const PickleTree& m_tree;
    int& m_budget;
};

} // namespace

std::optional<Json> pickleToJson(const PickleTree& tree, PickleNodeId value, int& budget)
{
    return Converter(tree, budget).convert(value, 0);
}

std::optional<std::string> pickleKey(const PickleNode& key)
{
    if (key.kind == PickleKind::Text)
        return key.text;
    if (key.kind == PickleKind::Integer)
        return std::to_string(key.integer);
    return std::nullopt;
}

} // namespace melscope
