// SPDX-License-Identifier: GPL-3.0-or-later
#include "ExampleClips.h"
#include "audio/AudioFile.h"
#include "common/EmptyState.h"
#include "dataset/ClassBalance.h"
#include "dataset/ClipBrowser.h"
#include "dataset/ClipThumbnails.h"
#include "dataset/ColumnMappingDialog.h"
#include "common/DurationText.h"
#include "dataset/DatasetPage.h"
#include "dataset/DatasetScanner.h"
#include "dataset/DatasetSummary.h"
#include "dataset/ProblemsPanel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDropEvent>
#include <QDir>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <cmath>
#include <fstream>
#include <numbers>

using namespace melscope;
using test::exampleDataset;

namespace {

std::filesystem::path writeTone(const QTemporaryDir& folder, const char* name, double hz, double seconds)
{
    Waveform tone{.sampleRate = 22050, .channels = 1, .samples = std::vector<float>(static_cast<size_t>(seconds * 22050))};
    for (size_t i = 0; i < tone.samples.size(); ++i)
        tone.samples[i] = 0.5f * static_cast<float>(std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(i) / 22050.0));
    const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / name;
    writeAudioFile(path, tone);
    return path;
}

int brightestRow(const QImage& image)
{
    int best = 0, brightest = -1;
    for (int y = 0; y < image.height(); ++y) {
        int sum = 0;
        for (int x = 0; x < image.width(); ++x)
            sum += qGray(image.pixel(x, y));
        if (sum > brightest) {
            brightest = sum;
            best = y;
        }
    }
    return best;
}

/// Two tones of two classes and one file that is not there.
std::shared_ptr<Dataset> smallDataset(const QTemporaryDir& folder)
{
    auto dataset = std::make_shared<Dataset>();
    dataset->name = "Tones";
    dataset->layout = "folders";
    dataset->root = folder.path().toStdString();
    dataset->classes = {"high", "low"};
    dataset->folds = {1, 2};
    dataset->clips = {{.name = "low.wav", .path = writeTone(folder, "low.wav", 300, 2.0), .label = 1, .fold = 1, .source = "a"},
                      {.name = "high.wav", .path = writeTone(folder, "high.wav", 8000, 1.0), .label = 0, .fold = 2, .source = "b"},
                      {.name = "gone.wav", .path = dataset->root / "gone.wav", .label = 0, .fold = 1, .source = "b"}};
    return dataset;
}

/// QApplication passes drops on only within a drag of the window system, which a test has not.
class DropTarget : public DatasetPage
{
public:
    using DatasetPage::dropEvent;
};

void drop(DropTarget& target, const QUrl& url)
{
    QMimeData data;
    data.setUrls({url});
    QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    target.dropEvent(&event);
}

} // namespace

class TestDatasetPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_cache.isValid());
        qputenv("MELSCOPE_CACHE_DIR", m_cache.path().toUtf8());
    }

    void emptyPageSaysWhatToDo()
    {
        DatasetPage page;
        page.show();
        auto* empty = page.findChild<EmptyState*>();
        QVERIFY(empty->isVisible());
        QSignalSpy demo(&page, &DatasetPage::demoRequested);
        empty->findChildren<QPushButton*>().last()->click();
        QCOMPARE(demo.count(), 1);
        page.setDataset(exampleDataset(5));
        QVERIFY(!empty->isVisible());
        page.setDataset(nullptr);
        QVERIFY(empty->isVisible());
    }

    void showsWhatTheScanFinds()
    {
        QTemporaryDir folder;
        DatasetPage page;
        page.resize(1280, 720);
        page.show();
        page.setDataset(smallDataset(folder));
        DatasetModel* model = page.browser()->model();
        QTRY_VERIFY(model->figures(0).measured);
        QCOMPARE(model->figures(0).seconds, 2.0f);
        QVERIFY(std::abs(model->figures(0).rmsDb - 20.0f * std::log10(0.5f / std::sqrt(2.0f))) < 0.1f);
        QTRY_VERIFY(model->index(2, 0).data(DatasetModel::problemRole).toBool());
        QVERIFY(!model->index(0, 0).data(DatasetModel::problemRole).toBool());
        auto* problems = page.findChild<ProblemsPanel*>();
        QVERIFY(problems->count() >= 2);
        QTRY_COMPARE(page.findChild<QTabWidget*>()->tabText(1), QStringLiteral("Problems (%1)").arg(problems->count()));
        QVERIFY(problems->leakSentence().startsWith(QStringLiteral("1 leak")));
    }

    void aProblemLeadsToItsClip()
    {
        auto dataset = exampleDataset(30);
        ProblemsPanel panel;
        panel.setDataset(dataset);
        panel.setFileProblems({{.kind = Problem::Kind::Silent, .file = dataset->clips[17].path, .message = "Silent."}});
        QSignalSpy selected(&panel, &ProblemsPanel::clipSelected);
        panel.findChild<QTableView*>()->selectRow(0);
        QCOMPARE(selected.count(), 1);
        QCOMPARE(selected.first().first().toInt(), 17);
        const std::vector<char> marked = panel.problemClips();
        QCOMPARE(std::count(marked.begin(), marked.end(), 1), 1);
        QCOMPARE(marked[17], char(1));
        panel.setLeaks({});
        QVERIFY(panel.leakSentence().startsWith(QStringLiteral("No leaks")));
    }

    void thumbnailsArriveAndShowTheSound()
    {
        QTemporaryDir folder;
        auto dataset = smallDataset(folder);
        ClipThumbnails thumbnails;
        thumbnails.setDataset(dataset);
        QSignalSpy arrived(&thumbnails, &ClipThumbnails::arrived);
        thumbnails.request({1, 2, 0});
        QTRY_COMPARE(arrived.count(), 3);
        QCOMPARE(arrived.first().first().toInt(), 1);
        QVERIFY(thumbnails.find(0) && thumbnails.find(1) && !thumbnails.find(2));
        QCOMPARE(thumbnails.find(0)->size(), ClipThumbnails::size);
        QVERIFY(brightestRow(*thumbnails.find(0)) > brightestRow(*thumbnails.find(1)) + 10);
        thumbnails.request({2});
        thumbnails.request({0});
        QCOMPARE(arrived.count(), 3);
    }

    void thumbnailsComeFromTheDiskUntilTheFileChanges()
    {
        QTemporaryDir folder;
        const std::filesystem::path file = writeTone(folder, "tone.wav", 300, 1.0);
        const QImage first = clipThumbnail(file);
        const auto time = std::filesystem::last_write_time(file);
        writeTone(folder, "tone.wav", 8000, 1.0);
        std::filesystem::last_write_time(file, time);
        QCOMPARE(clipThumbnail(file), first);
        std::filesystem::last_write_time(file, time + std::chrono::seconds(2));
        QVERIFY(clipThumbnail(file) != first);
    }

    void balanceCountsAndFilters()
    {
        auto dataset = exampleDataset(300, 4, 3);
        ClassBalance balance;
        balance.resize(500, 300);
        balance.setDataset(dataset);
        const auto expected = std::count_if(dataset->clips.begin(), dataset->clips.end(), [](const Clip& c) { return c.label == 2 && c.fold == 3; });
        QCOMPARE(balance.count(2, 3), static_cast<int>(expected));
        std::optional<int> label, fold;
        int clicks = 0;
        connect(&balance, &ClassBalance::cellClicked, this, [&](std::optional<int> l, std::optional<int> f) {
            label = l;
            fold = f;
            ++clicks;
        });
        QTest::mouseClick(&balance, Qt::LeftButton, {}, balance.partRect(2, 3).center());
        QCOMPARE(label, std::optional(2));
        QCOMPARE(fold, std::optional(3));
        QTest::mouseClick(&balance, Qt::LeftButton, {}, balance.nameRect(1).center());
        QCOMPARE(label, std::optional(1));
        QVERIFY(!fold);
        QTest::mouseClick(&balance, Qt::LeftButton, {}, balance.legendRect(2).center());
        QCOMPARE(fold, std::optional(2));
        QVERIFY(!label);
        balance.setFilter({.fold = 2});
        QTest::mouseClick(&balance, Qt::LeftButton, {}, balance.legendRect(2).center());
        QVERIFY(!fold && !label);
        QCOMPARE(clicks, 4);
        for (int part = 0; part < 4; ++part)
            QCOMPARE(balance.partRect(part, 1).right() + 1, balance.partRect(part, 2).left());
    }

    void balanceFiltersTheTable()
    {
        DatasetPage page;
        page.resize(1280, 720);
        page.show();
        page.setDataset(exampleDataset(200));
        auto* balance = page.findChild<ClassBalance*>();
        QTest::mouseClick(balance, Qt::LeftButton, {}, balance->partRect(3, 1).center());
        QTRY_COMPARE(page.browser()->model()->rowCount(), balance->count(3, 1));
        QCOMPARE(page.browser()->model()->filter().label, std::optional(3));
    }

    void dropsOpenFoldersAndTablesOnly()
    {
        QTemporaryDir folder;
        QFile(folder.filePath(QStringLiteral("clips.CSV"))).open(QIODevice::WriteOnly);
        QFile(folder.filePath(QStringLiteral("song.wav"))).open(QIODevice::WriteOnly);
        DropTarget page;
        QSignalSpy open(&page, &DatasetPage::openRequested);
        drop(page, QUrl::fromLocalFile(folder.path()));
        drop(page, QUrl::fromLocalFile(folder.filePath(QStringLiteral("clips.CSV"))));
        drop(page, QUrl::fromLocalFile(folder.filePath(QStringLiteral("song.wav"))));
        drop(page, QUrl(QStringLiteral("https://example.org/clips.csv")));
        QCOMPARE(open.count(), 2);
        QCOMPARE(open.first().first().toString(), folder.path());
    }

    void summaryInWords()
    {
        auto dataset = exampleDataset(1200, 3, 1);
        QCOMPARE(datasetSummary(*dataset, 2000.0), QStringLiteral("1,200 clips · 3 classes · 1 fold, the dataset's own · 33 min 20 s · ESC-50 layout"));
        dataset->foldsAreOwn = false;
        QVERIFY(datasetSummary(*dataset, {}).contains(QStringLiteral("made by Melscope")));
        QCOMPARE(durationText(59.6), QStringLiteral("1 min 0 s"));
        QCOMPARE(durationText(18720), QStringLiteral("5 h 12 min"));
    }

    void columnDialogNeedsFileAndClass()
    {
        const CsvPreview preview{.columns = {"wav", "animal", "part", "take"},
                                 .rows = {{"a.wav", "dog", "1", "x"}, {"b.wav", "cat"}},
                                 .guess = {.file = "wav", .label = "", .fold = "part", .source = ""}};
        ColumnMappingDialog dialog(QStringLiteral("/data/clips.csv"), preview);
        auto* accept = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        const auto choices = dialog.findChildren<QComboBox*>();
        QCOMPARE(choices.size(), 4);
        QCOMPARE(choices[0]->currentText(), QStringLiteral("wav"));
        QVERIFY(!accept->isEnabled());
        const auto says = [&](const QString& words) {
            const auto labels = dialog.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text().contains(words); });
        };
        QVERIFY(says(QStringLiteral("Choose the column that holds the class.")));
        choices[1]->setCurrentText(QStringLiteral("wav"));
        QVERIFY(!accept->isEnabled());
        QVERIFY(says(QStringLiteral("cannot both be")));
        choices[1]->setCurrentText(QStringLiteral("animal"));
        QVERIFY(accept->isEnabled());
        QVERIFY(says(QStringLiteral("table's own")));
        choices[2]->setCurrentIndex(0);
        QVERIFY(says(QStringLiteral("will be made")));
        dialog.open();
        accept->click();
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
        QCOMPARE(dialog.mapping(), (ColumnMapping{.file = "wav", .label = "animal"}));
    }

    void realClipsOpen()
    {
        const std::filesystem::path esc10 = std::filesystem::path(qgetenv("MELSCOPE_SHARED").toStdString()) / "data" / "esc10";
        if (!std::filesystem::exists(esc10))
            QSKIP("The ESC-10 recordings are not here.");
        DatasetPage page;
        page.resize(1280, 720);
        page.show();
        page.setDataset(std::make_shared<const Dataset>(openDataset(esc10)));
        DatasetModel* model = page.browser()->model();
        QCOMPARE(model->rowCount(), 400);
        QTRY_VERIFY_WITH_TIMEOUT(model->figures(399).known, 30000);
        QCOMPARE(model->figures(0).rate, 44100);
        QTRY_VERIFY_WITH_TIMEOUT(!model->index(0, 0).data(Qt::DecorationRole).isNull(), 30000);
    }

private:
    QTemporaryDir m_cache;
};

QTEST_MAIN(TestDatasetPage)
#include "tst_DatasetPage.moc"
