// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ShippedChains.h"
#include "base/Files.h"
#include "support/ErrorOf.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;

class TestChainFiles : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::filesystem::path write(const char* name, std::string_view text) const
    {
        const auto file = std::filesystem::path(m_folder.path().toStdString()) / name;
        writeFileAtomically(file, text);
        return file;
    }

private Q_SLOTS:
    void presetsHaveWhatPeopleRead()
    {
        std::vector<std::string> names;
        for (const NamedChain& each : shippedChains()) {
            names.push_back(each.name);
            QVERIFY2(!each.title.empty() && !each.summary.empty(), each.name.c_str());
            QCOMPARE(each.chain.empty(), each.name == "none");
            QVERIFY(findChain(each.name).chain == each.chain);
        }
        QCOMPARE(names, (std::vector<std::string>{"none", "light", "published", "strong", "contrastive"}));
    }

    void anUnknownNameIsAnsweredWithTheNames()
    {
        const auto error = test::errorOf([] { findChain("heavy"); });
        QVERIFY(error && error->kind() == ErrorKind::Missing);
        for (const char* named : {"heavy", "none", "light", "published", "strong", "contrastive"})
            QVERIFY2(QByteArray(error->what()).contains(named), error->what());
    }

    void aFileComesBackAsItWent()
    {
        const NamedChain before = findChain("published");
        const auto file = std::filesystem::path(m_folder.path().toStdString()) / "mine.json";
        before.writeTo(file);
        const NamedChain after = NamedChain::fromFile(file);
        QCOMPARE(after.toJson().dump(), before.toJson().dump());
        QVERIFY(after.chain == before.chain);
        QVERIFY(findChain(file.string()).chain == before.chain);
    }

    void aBareChainIsCalledByItsFile()
    {
        const NamedChain named = NamedChain::fromFile(write("rainy.json", R"({"spectrogram": [{"name": "time_roll"}]})"));
        QCOMPARE(named.name, std::string("rainy"));
        QCOMPARE(named.title, std::string("rainy"));
        QCOMPARE(named.chain.entries(AugmentationStage::Spectrogram).size(), size_t{1});
    }

    void badFilesAreNamedWithTheReason_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("no JSON") << QByteArray("{\"waveform\": [") << QByteArray("not valid JSON");
        QTest::newRow("empty") << QByteArray("") << QByteArray("not valid JSON");
        QTest::newRow("a list") << QByteArray("[]") << QByteArray("object");
        QTest::newRow("a number") << QByteArray("3") << QByteArray("object");
        QTest::newRow("title") << QByteArray(R"({"title": 3})") << QByteArray("title");
        QTest::newRow("unknown") << QByteArray(R"({"spectrogram": [{"name": "time_rol"}]})") << QByteArray("time_roll");
        QTest::newRow("range") << QByteArray(R"({"spectrogram": [{"name": "time_roll", "max_share": 7}]})") << QByteArray("max_share");
        QTest::newRow("probability") << QByteArray(R"({"spectrogram": [{"name": "time_roll", "probability": "often"}]})") << QByteArray("probability");
        QTest::newRow("tick") << QByteArray(R"({"spectrogram": [{"name": "time_roll", "enabled": 1}]})") << QByteArray("enabled");
    }
    void badFilesAreNamedWithTheReason()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, reason);
        const auto file = write("broken.json", text.toStdString());
        const auto error = test::errorOf([&] { NamedChain::fromFile(file); });
        QVERIFY(error);
        QVERIFY2(QByteArray(error->what()).contains(file.c_str()), error->what());
        QVERIFY2(QByteArray(error->what()).contains(reason), error->what());
        QCOMPARE(error->path(), file);
    }

    void aFileThatIsNotThereIsNamed()
    {
        const auto error = test::errorOf([] { NamedChain::fromFile("/nowhere/chain.json"); });
        QVERIFY(error && error->kind() == ErrorKind::Missing);
        QVERIFY(QByteArray(error->what()).contains("/nowhere/chain.json"));
    }

    void entriesAreReplacedInACopy()
    {
        const AugmentationChain chain = findChain("published").chain;
        const Json before = chain.toJson();
        std::vector<ChainEntry> entries = chain.entries(AugmentationStage::Spectrogram);
        std::swap(entries[0], entries[1]);
        entries.push_back(ChainEntry::make(*findAugmentation("time_roll"), {{"max_share", 0.5}}, 0.25));
        const AugmentationChain changed = chain.withEntries(AugmentationStage::Spectrogram, entries);
        QCOMPARE(chain.toJson(), before);
        QVERIFY(!(changed == chain));
        Json expected = before;
        std::swap(expected["spectrogram"][0], expected["spectrogram"][1]);
        expected["spectrogram"].push_back({{"name", "time_roll"}, {"probability", 0.25}, {"max_share", 0.5}});
        QCOMPARE(changed.toJson().dump(), expected.dump());
        QVERIFY(changed == AugmentationChain::fromJson(expected));
    }

    void madeEntriesAreChecked()
    {
        const AugmentationInfo& roll = *findAugmentation("time_roll");
        QCOMPARE(ChainEntry::make(roll).values.dump(), roll.schema.defaults().dump());
        QVERIFY(test::errorOf([&] { ChainEntry::make(roll, {{"max_share", 2.0}}); }));
        QVERIFY(test::errorOf([&] { ChainEntry::make(roll, Json::object(), 1.5); }));
    }
};

QTEST_APPLESS_MAIN(TestChainFiles)
#include "tst_chain_files.moc"
