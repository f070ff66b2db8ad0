// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/Refusal.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace melscope {

static_assert(std::endian::native == std::endian::little, "numbers are read and written as they lie in memory");

/// Little-endian bytes from front to back; what reaches beyond the end is refused as truncated.
class ByteReader
{
public:
    ByteReader(std::string_view bytes, const Refusal& refuse) : m_bytes(bytes), m_refuse(refuse) {}

    size_t position() const { return m_position; }
    size_t left() const { return m_bytes.size() - m_position; }

    std::string_view take(uint64_t count)
    {
        if (count > left())
            m_refuse.truncated("it ends where " + std::to_string(count) + " more bytes were to come");
        const std::string_view taken = m_bytes.substr(m_position, count);
        m_position += count;
        return taken;
    }

    template <typename Number>
    Number number()
    {
        Number value;
        std::memcpy(&value, take(sizeof(value)).data(), sizeof(value));
        return value;
    }

    std::string_view line() ///< up to the next line feed, which is taken but not returned
    {
        const size_t end = m_bytes.find('\n', m_position);
        if (end == std::string_view::npos)
            m_refuse.truncated("it ends within a name");
        const std::string_view text = take(end - m_position);
        take(1);
        return text;
    }

private:
    std::string_view m_bytes;
    const Refusal& m_refuse;
    size_t m_position = 0;
};

} // namespace melscope
