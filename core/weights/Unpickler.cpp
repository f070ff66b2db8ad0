// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/Unpickler.h"

#include "weights/ByteReader.h"
#include "weights/PickleCalls.h"

#include <algorithm>
#include <unordered_map>

namespace melscope {
namespace {

// A node takes some 80 bytes: real checkpoints have thousands, a hostile one shall not fill the memory.
constexpr size_t mostNodes = 2'000'000;
constexpr size_t mostBytes = 16 << 20;
constexpr int newestProtocol = 5;

class Machine
{
public:
    Machine(std::string_view bytes, const Refusal& refuse) : m_in(bytes, refuse), m_refuse(refuse), m_calls(m_tree, refuse) {}

    PickleTree run()
    {
        if (m_in.number<uint8_t>() != 0x80)
            m_refuse.format("its pickle does not begin with a protocol number");
        readProtocol();
        constexpr uint8_t stop = '.';
        for (auto opcode = m_in.number<uint8_t>(); opcode != stop; opcode = m_in.number<uint8_t>()) {
            execute(opcode);
            if (m_in.position() > mostBytes)
                refuseLength();
        }
        if (m_stack.size() != 1 || !m_marks.empty())
            m_refuse.format("its pickle ends in the middle of a value");
        m_tree.root = m_stack.back();
        return std::move(m_tree);
    }

    size_t consumed() const { return m_in.position(); }

private:
    void execute(uint8_t opcode)
    {
        switch (opcode) {
        // scalars
        case 'N': push({.kind = PickleKind::None}); break;
        case 0x88: push({.kind = PickleKind::Boolean, .integer = 1}); break;
        case 0x89: push({.kind = PickleKind::Boolean, .integer = 0}); break;
        case 'J': pushInteger(m_in.number<int32_t>()); break;
        case 'K': pushInteger(m_in.number<uint8_t>()); break;
        case 'M': pushInteger(m_in.number<uint16_t>()); break;
        case 0x8a: pushLong(m_in.number<uint8_t>()); break;
        case 0x8b: pushLong(m_in.number<uint32_t>()); break;
        case 'G': pushReal(); break;
        // text and bytes, by the width of their length; T and U are Python 2's plain strings
        case 'X': pushText(PickleKind::Text, m_in.number<uint32_t>()); break;
        case 0x8c: pushText(PickleKind::Text, m_in.number<uint8_t>()); break;
        case 0x8d: pushText(PickleKind::Text, m_in.number<uint64_t>()); break;
        case 'T': pushText(PickleKind::Text, m_in.number<uint32_t>()); break;
        case 'U': pushText(PickleKind::Text, m_in.number<uint8_t>()); break;
        case 'B': pushText(PickleKind::Bytes, m_in.number<uint32_t>()); break;
        case 'C': pushText(PickleKind::Bytes, m_in.number<uint8_t>()); break;
        case 0x8e: pushText(PickleKind::Bytes, m_in.number<uint64_t>()); break;
        case 0x96: pushText(PickleKind::Bytes, m_in.number<uint64_t>()); break;
        // containers
        case ']': push({.kind = PickleKind::List}); break;
        case ')': push({.kind = PickleKind::Tuple}); break;
        case '}': push({.kind = PickleKind::Dict}); break;
        case 0x8f: push({.kind = PickleKind::Set}); break;
        case 't': pushContainer(PickleKind::Tuple, popToMark()); break;
        case 0x91: pushContainer(PickleKind::Set, popToMark()); break;
        case 0x85: pushContainer(PickleKind::Tuple, popSome(1)); break;
        case 0x86: pushContainer(PickleKind::Tuple, popSome(2)); break;
        case 0x87: pushContainer(PickleKind::Tuple, popSome(3)); break;
        case 'a': extend(PickleKind::List, popSome(1)); break;
        case 'e': extend(PickleKind::List, popToMark()); break;
        case 0x90: extend(PickleKind::Set, popToMark()); break;
        case 's': extend(PickleKind::Dict, popSome(2)); break;
        case 'u': extend(PickleKind::Dict, popToMark()); break;
        // the stack and the memo
        case '(': m_marks.push_back(m_stack.size()); break;
        case '0': pop(); break;
        case '1': popToMark(); break;
        case '2': m_stack.push_back(top()); break;
        case 'q': m_memo[m_in.number<uint8_t>()] = top(); break;
        case 'r': m_memo[m_in.number<uint32_t>()] = top(); break;
        case 0x94: m_memo[static_cast<uint32_t>(m_memo.size())] = top(); break;
        case 'h': recall(m_in.number<uint8_t>()); break;
        case 'j': recall(m_in.number<uint32_t>()); break;
        // objects
        case 'c': pushGlobal(); break;
        case 0x93: pushStackGlobal(); break;
        case 'R':
        case 0x81: pushCall(); break; // a function, or a class's __new__, and its arguments
        case 'b': build(); break;
        case 'Q': push(m_calls.persistent(m_tree[pop()])); break;
        // framing
        case 0x80: readProtocol(); break;
        case 0x95: m_in.number<uint64_t>(); break;
        default:
            m_refuse.format("its pickle has the opcode " + std::to_string(opcode) + ", which no weight file needs");
        }
    }

    [[noreturn]] void refuseLength() const
    {
        m_refuse.format("its pickle is longer than " + std::to_string(mostBytes >> 20) + " MiB");
    }

    void readProtocol()
    {
        const auto protocol = m_in.number<uint8_t>();
        if (protocol < 2 || protocol > newestProtocol)
            m_refuse.format("its pickle has protocol " + std::to_string(protocol) + " where 2 to 5 are known");
    }

    void push(PickleNode node)
    {
        if (m_tree.nodes.size() >= mostNodes)
            m_refuse.format("its pickle has more than " + std::to_string(mostNodes) + " values");
        m_tree.nodes.push_back(std::move(node));
        m_stack.push_back(static_cast<PickleNodeId>(m_tree.nodes.size() - 1));
    }

    void pushInteger(int64_t value) { push({.kind = PickleKind::Integer, .integer = value}); }

    /// Two's complement, as many bytes as it takes.
    void pushLong(uint32_t length)
    {
        const std::string_view bytes = m_in.take(length);
        if (length > sizeof(int64_t))
            m_refuse.format("its pickle has an integer of " + std::to_string(length) + " bytes");
        int64_t value = length > 0 && (bytes.back() & 0x80) ? -1 : 0;
        std::memcpy(&value, bytes.data(), bytes.size());
        pushInteger(value);
    }

    void pushReal()
    {
        uint64_t bits = 0; // the one big-endian number
        for (const char byte : m_in.take(sizeof(bits)))
            bits = bits << 8 | static_cast<uint8_t>(byte);
        push({.kind = PickleKind::Real, .real = std::bit_cast<double>(bits)});
    }

    void pushText(PickleKind kind, uint64_t length)
    {
        if (length > mostBytes && length <= m_in.left())
            refuseLength();
        push({.kind = kind, .text = std::string(m_in.take(length))});
    }

    void pushContainer(PickleKind kind, std::vector<PickleNodeId> items) { push({.kind = kind, .items = std::move(items)}); }

    PickleNodeId top() const
    {
        if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back()))
            m_refuse.format("its pickle takes a value that is not there");
        return m_stack.back();
    }

    PickleNodeId pop()
    {
        const PickleNodeId id = top();
        m_stack.pop_back();
        return id;
    }

    std::vector<PickleNodeId> popSome(size_t count)
    {
        std::vector<PickleNodeId> items(count);
        for (size_t i = count; i-- > 0;)
            items[i] = pop();
        return items;
    }

    std::vector<PickleNodeId> popToMark()
    {
        if (m_marks.empty())
            m_refuse.format("its pickle closes what it did not open");
        std::vector<PickleNodeId> items(m_stack.begin() + static_cast<ptrdiff_t>(m_marks.back()), m_stack.end());
        m_stack.resize(m_marks.back());
        m_marks.pop_back();
        return items;
    }

    void extend(PickleKind kind, const std::vector<PickleNodeId>& items)
    {
        PickleNode& container = m_tree.nodes[top()];
        if (container.kind != kind || (kind == PickleKind::Dict && items.size() % 2 != 0))
            m_refuse.format("its pickle adds to something that cannot take it");
        container.items.insert(container.items.end(), items.begin(), items.end());
    }

    void recall(uint32_t number)
    {
        const auto found = m_memo.find(number);
        if (found == m_memo.end())
            m_refuse.format("its pickle refers to a value that it did not keep");
        m_stack.push_back(found->second);
    }

    void pushGlobal()
    {
        const std::string_view module = m_in.line();
        push(m_calls.global(module, m_in.line()));
    }

    void pushStackGlobal()
    {
        const PickleNodeId name = pop();
        const PickleNodeId module = pop();
        if (m_tree[name].kind != PickleKind::Text || m_tree[module].kind != PickleKind::Text)
            m_refuse.format("its pickle names a global by something other than text");
        push(m_calls.global(m_tree[module].text, m_tree[name].text));
    }

    void pushCall()
    {
        const PickleNodeId arguments = pop();
        const PickleNodeId callable = pop();
        push(m_calls.call(m_tree[callable], m_tree[arguments]));
    }

    /// State of an object: a state dict's _metadata, which says nothing that a reader needs.
    void build()
    {
        const PickleNodeId state = pop();
        if (m_tree[top()].kind != PickleKind::Dict || m_tree[state].kind != PickleKind::Dict)
            m_refuse.format("its pickle sets attributes of something other than a state dict");
    }

    PickleTree m_tree;
    ByteReader m_in;
    const Refusal& m_refuse;
    PickleCalls m_calls;
    std::vector<PickleNodeId> m_stack;
    std::vector<size_t> m_marks; // sizes of the stack, ascending
    std::unordered_map<uint32_t, PickleNodeId> m_memo;
};

} // namespace

PickleTree unpickle(std::string_view bytes, const Refusal& refuse, size_t* consumed)
{
    Machine machine(bytes, refuse);
    PickleTree tree = machine.run();
    if (consumed)
        *consumed = machine.consumed();
    return tree;
}

} // namespace melscope
