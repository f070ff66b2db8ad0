// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/RandomStream.h"
#include "support/Check.h"
#include "weights/Safetensors.h"
#include "weights/TorchZip.h"
#include "weights/WeightBytes.h"
#include "weights/WeightFile.h"

#include <cstdlib>
#include <map>
#include <new>

// Weight files changed at random, the same way in every run: each is read, or refused by an Error that names the file. Memory
// is counted: none may ask for more than a bounded multiple of what a file of its size can need.
//   fuzz_weight_files [ROUNDS]     default 20,000 a seed

using namespace melscope;
using namespace weightbytes;

namespace {

std::string pickle(const std::string& view)
{
    return dictPickle(text("epoch") + integer(3) + text("cfg") + "}(" + text("layers") + "K\x0c" + text("drop") + "G?\xa9\x99\x99\x99\x99\x99\x9a" + "u"
                      + text("model") + emptyOrderedDict() + "(" + text("a.weight") + tensor(storage("0", 6, "FloatStorage", view), 0, {2, 3}, {3, 1})
                      + text("a.bias") + tensor(storage("1", 4, "FloatStorage", view), 1, {3}, {1}) + "u}" + text("_metadata") + "}sb");
}

std::vector<std::string> storages()
{
    return {floats({1, 2, 3, 4, 5, 6}), floats({7, 8, 9, 10})};
}

/// A file whose parts are changed before they are packed, so that checksums and lengths do not stop the changes at the gate.
std::string packedZip(const std::string& pickleBytes)
{
    return torchZip(pickleBytes, storages());
}
std::string packedLegacy(const std::string& pickleBytes)
{
    return torchLegacy(pickleBytes, storages());
}
std::string packedSafetensors(const std::string& header)
{
    return safetensors(header, floats({1, 2, 3, 4}));
}
std::string asItIs(const std::string& bytes)
{
    return bytes;
}

struct Seed
{
    const char* name;
    std::string bytes;
    std::string (*pack)(const std::string&);
};

std::vector<Seed> seeds()
{
    const std::string header = R"({"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},)"
                               R"("b":{"dtype":"I16","shape":[4],"data_offsets":[8,16]}})";
    return {{"zip", packedZip(pickle("")), asItIs},
            {"zip, as written", encodeTorchZip(decodeWeightFile(packedZip(pickle("")), "seed").tensors), asItIs},
            {"pickle in a zip", pickle(""), packedZip},
            {"legacy", packedLegacy(pickle("N")), asItIs},
            {"pickle in legacy", pickle("N"), packedLegacy},
            {"safetensors", packedSafetensors(header), asItIs},
            {"header of safetensors", header, packedSafetensors}};
}

/// Values at which lengths and offsets go wrong.
uint64_t awkward(RandomStream& random)
{
    constexpr uint64_t values[] = {0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, INT64_MAX, uint64_t(1) << 63, ~uint64_t(0)};
    return values[random.below(std::size(values))];
}

std::string mutated(std::string bytes, RandomStream& random)
{
    const int64_t changes = 1 + random.below(4);
    for (int64_t i = 0; i < changes && !bytes.empty(); ++i) {
        const auto anywhere = [&] { return static_cast<size_t>(random.below(static_cast<int64_t>(bytes.size()))); };
        const size_t at = anywhere();
        const auto length = static_cast<size_t>(1 + random.below(16));
        switch (random.below(7)) {
        case 0: bytes[at] = static_cast<char>(bytes[at] ^ 1 << random.below(8)); break;
        case 1: bytes[at] = static_cast<char>(random.below(256)); break;
        case 2: bytes.erase(at, length); break;
        case 3: bytes.insert(at, bytes.substr(anywhere(), length)); break;
        case 4: bytes.replace(at, length, bytes.substr(anywhere(), length)); break;
        case 5: bytes.resize(at); break;
        case 6: {
            const std::string number = raw(awkward(random)).substr(0, size_t(1) << random.below(4));
            bytes.replace(at, number.size(), number);
            break;
        }
        }
    }
    return bytes;
}

// The largest single allocation while `counting`; one thread.
bool counting = false;
size_t largestRequest = 0;

void readAll(const WeightFile& file)
{
    for (const WeightTensor& tensor : file.tensors) {
        std::string bytes(static_cast<size_t>(tensor.byteSize()), '\0');
        copyElements(tensor, reinterpret_cast<std::byte*>(bytes.data()));
    }
}

void fuzz(const Seed& seed, uint64_t index, int rounds)
{
    int read = 0;
    std::map<ErrorKind, int> refused;
    for (int round = 0; round < rounds; ++round) {
        RandomStream random({.seed = index, .epoch = 0, .clip = static_cast<uint64_t>(round), .index = 0});
        const std::string bytes = seed.pack(round == 0 ? seed.bytes : mutated(seed.bytes, random));
        largestRequest = 0;
        counting = true;
        try {
            readAll(decodeWeightFile(bytes, "mutated.pt"));
            ++read;
        } catch (const Error& error) {
            ++refused[error.kind()];
            CHECK(std::string(error.what()).starts_with("mutated.pt "));
            CHECK(error.kind() != ErrorKind::Internal);
            CHECK(round != 0);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s, round %d: %s\n", seed.name, round, error.what());
            CHECK(!"another exception");
        }
        counting = false;
        if (largestRequest > size_t(4) << 20)
            std::fprintf(stderr, "%s, round %d: asked for %zu bytes\n", seed.name, round, largestRequest);
        CHECK(largestRequest <= size_t(4) << 20);
    }
    std::printf("%-22s %d rounds: %d read", seed.name, rounds, read);
    for (const auto& [kind, count] : refused)
        std::printf(", %d %s", count, toString(kind));
    std::printf("\n");
    CHECK(read > 0 && read < rounds);
}

} // namespace

// Not inlined: GCC would see malloc meet delete.
[[gnu::noinline]] void* operator new(size_t size, const std::nothrow_t&) noexcept
{
    if (counting && size > largestRequest)
        largestRequest = size;
    return std::malloc(size);
}
[[gnu::noinline]] void* operator new(size_t size)
{
    if (void* const memory = operator new(size, std::nothrow))
        return memory;
    throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept
{
    std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept
{
    std::free(memory);
}

int main(int argc, char** argv)
{
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 20'000;
    uint64_t index = 0;
    for (const Seed& seed : seeds())
        fuzz(seed, index++, rounds);
    return checkFailures() != 0;
}
