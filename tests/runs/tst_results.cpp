// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "runs/AccuracyFigures.h"
#include "runs/AccuracyLatex.h"
#include "runs/HtmlReport.h"
#include "runs/RecipeDifference.h"
#include "runs/RunCard.h"
#include "runs/RunComparison.h"
#include "runs/RunOutcomes.h"
#include "runs/figures/AccuracyFigure.h"
#include "statistics/PairedTest.h"
#include "support/ErrorOf.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <cmath>

using namespace melscope;
using namespace melscope::test;

namespace {

/// Clips c0, c1, ... of class i % 2; those in `wrong` are taken for the other class.
Predictions predictions(int count, const std::vector<int>& wrong)
{
    Predictions result;
    for (int i = 0; i < count; ++i) {
        const bool isWrong = std::find(wrong.begin(), wrong.end(), i) != wrong.end();
        ClipPrediction clip{.clip = i, .name = "c" + std::to_string(i), .fold = 1, .label = i % 2};
        clip.predicted = clip.ttaPredicted = isWrong ? 1 - clip.label : clip.label;
        clip.probabilities.assign(2, 0.25F);
        clip.probabilities[static_cast<size_t>(clip.predicted)] = 0.75F;
        clip.loss = isWrong ? -std::log(0.25) : -std::log(0.75);
        result.push_back(clip);
    }
    return result;
}

FoldResult foldResult(const Dataset& dataset, int fold, int wrongOnes)
{
    FoldResult result{.fold = fold, .parameters = 5, .seconds = 1.0, .precision = "fp32"};
    for (size_t i = 0; i < dataset.clips.size(); ++i) {
        const Clip& clip = dataset.clips[i];
        if (clip.fold != fold)
            continue;
        const int predicted = wrongOnes-- > 0 ? 1 - clip.label : clip.label;
        result.predictions.push_back({.clip = static_cast<int>(i), .name = clip.name, .fold = fold, .label = clip.label, .predicted = predicted, .loss = 0.5,
                                      .probabilities = {0.5F, 0.5F}, .ttaPredicted = predicted});
    }
    result.history = {{.fold = fold, .epoch = 1, .epochs = 2, .valAccuracy = 1.0}, {.fold = fold, .epoch = 2, .epochs = 2, .valAccuracy = 0.5}};
    return result;
}

} // namespace

class TestResults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void figuresOfKnownMistakes()
    {
        // Ten clips of two classes, one of the first class wrong: F1 of 4/4.5 and 5/5.5.
        const RowFigures figures = rowFigures({{.predictions = predictions(10, {0})}}, 2, {});
        QVERIFY(std::abs(figures.macroF1 - (8.0 / 9.0 + 10.0 / 11.0) / 2.0) < 1e-12);
        QCOMPARE(figures.sources, 0); // nobody knows
        // All clips of one recording: nothing is known of other recordings.
        ClipSources sources;
        for (int i = 0; i < 10; ++i)
            sources["c" + std::to_string(i)] = "one";
        QCOMPARE(rowFigures({{.predictions = predictions(10, {0})}}, 2, sources).sources, 1);
        QCOMPARE(errorOf([] { rowFigures({{.predictions = {{.label = 2}}}}, 2, {}); })->kind(), ErrorKind::InvalidValue);
    }

    void differencesArePairedOnCommonClips()
    {
        Predictions first = predictions(20, {0, 1});
        const Predictions second = predictions(24, {1, 2, 3, 4, 5, 23});
        const auto difference = rowDifference({{.seed = 7, .predictions = first}}, {{.seed = 7, .predictions = second}}, {});
        QVERIFY(difference);
        QCOMPARE(difference->counts, (PairedCounts{.both = 14, .onlyFirst = 4, .onlySecond = 1, .neither = 1}));
        QCOMPARE(difference->difference, 3.0 / 20.0);
        QCOMPARE(difference->p, mcnemarExact(4, 1));
        QVERIFY(difference->interval.low < 0.15 && difference->interval.high > 0.15);
        for (ClipPrediction& clip : first)
            clip.name += "x";
        QVERIFY(!rowDifference({{.predictions = first}}, {{.predictions = second}}, {}));
    }

    void seedsAreComparedWithTheirLike()
    {
        const auto difference = rowDifference({{.seed = 1, .predictions = predictions(8, {})}, {.seed = 3, .predictions = predictions(8, {0})}},
                                              {{.seed = 2, .predictions = predictions(8, {1})}, {.seed = 3, .predictions = predictions(8, {0})}}, {});
        QCOMPARE(difference->seed, uint64_t{3});
        QCOMPARE(difference->p, 1.0);
    }

    void aComparisonNamesTheClipsThatDecide()
    {
        const RunComparison comparison = compareRuns(predictions(10, {0, 2}), predictions(10, {2, 3, 5}), 2, {}, false);
        QCOMPARE(comparison.counts, (PairedCounts{.both = 6, .onlyFirst = 2, .onlySecond = 1, .neither = 1}));
        QCOMPARE(comparison.firstAccuracy, 0.8);
        QCOMPARE(comparison.secondAccuracy, 0.7);
        QCOMPARE(comparison.deciding.size(), size_t{3});
        QVERIFY(comparison.deciding[0].firstIsRight && comparison.deciding[1].firstIsRight && !comparison.deciding[2].firstIsRight);
        QCOMPARE(comparison.deciding[2].first.name, std::string("c0"));
        QCOMPARE(comparison.classes.front().label, 1); // two of five clips apart, against one of five
        QCOMPARE(comparison.classes.front().onlyFirst, 2);
        QCOMPARE(errorOf([] { compareRuns(predictions(2, {}), {}, 2, {}, false); })->kind(), ErrorKind::Empty);
    }

    void recipesDifferWhereTheyDiffer()
    {
        const Recipe recipe = findRecipe("resnet34-quick");
        QVERIFY(recipeDifference(recipe, recipe).empty());
        const auto differences = recipeDifference(recipe, recipe.with("training.epochs", "7"));
        QCOMPARE(differences.size(), size_t{1});
        QCOMPARE(differences.front(), (SettingDifference{"training.epochs", std::to_string(recipe.integer("training.epochs")), "7"}));
        Recipe plain = recipe;
        plain.testTime = recipe.viewChain();
        plain.augmentation = {};
        const auto chain = recipeDifference(recipe, plain);
        QVERIFY(!chain.empty() || recipe.augmentation == AugmentationChain());
        for (const SettingDifference& one : chain)
            QVERIFY2(one.key.starts_with("augmentation") && one.second.empty(), one.key.c_str());
    }

    void theStoreGivesFiguresDifferencesAndPeeks()
    {
        const QTemporaryDir folder;
        const auto dataset = tinyDataset(folder.filePath(QStringLiteral("data")).toStdString(), 2, 8);
        RunStore store(folder.filePath(QStringLiteral("store")).toStdString());
        const RunRecord good = store.create(tinyRun(dataset, 2, {1}));
        const RunRecord poor = store.create(tinyRun(dataset, 3, {1}));
        store.addFoldResult(good.id, foldResult(*dataset, 1, 1));
        store.addFoldResult(poor.id, foldResult(*dataset, 1, 4));
        const auto runs = store.list();
        auto rows = accuracyTable(runs);
        RunOutcomes outcomes(store);
        const auto filled = [&] { return std::find_if(rows.begin(), rows.end(), [](const AccuracyRow& row) { return row.count > 0; }); };
        const auto rowOf = [&](const RunRecord& run) {
            return *std::find_if(rows.begin(), rows.end(), [&](const AccuracyRow& row) { return !row.runs.empty() && row.runs.front() == run.id; });
        };
        addFigures(rows, runs, outcomes, baselineKey(rowOf(poor)));
        QVERIFY(filled() != rows.end());
        QVERIFY(rowOf(poor).isBaseline && !rowOf(good).isBaseline);
        QCOMPARE(rowOf(good).difference->counts, (PairedCounts{.both = 4, .onlyFirst = 3, .onlySecond = 0, .neither = 1}));
        QCOMPARE(rowOf(good).difference->p, 0.25); // 2 / 2^3
        QCOMPARE(*rowOf(good).figures->peekedAccuracy, 1.0); // the first of two epochs, which the row does not report
        QVERIFY(toMarkdown(rows).find("100.0 % (peeked)") != std::string::npos);
        QVERIFY(!rowOf(good).figures->ttaGain);
        // A file that has changed since is still of the recording that its table names.
        writeFileAtomically(dataset->clips.front().path, "other bytes");
        QCOMPARE(RunOutcomes(store).sources(good).size(), dataset->clips.size());
        const std::string csv = toCsv(rows);
        const auto line = QString::fromStdString(csv).split(u'\n');
        QVERIFY(line.at(0).contains(QStringLiteral("mcnemar_p")));
        QVERIFY2(csv.find(",0.375,") != std::string::npos, csv.c_str()); // 7/8 - 4/8
    }

    void verdictsBelongToTheDataset()
    {
        const QTemporaryDir folder;
        const auto place = folder.filePath(QStringLiteral("store")).toStdString();
        {
            RunStore store(place);
            store.setVerdict("data1", {.clip = "b.wav", .label = "rain", .predicted = "sea", .verdict = Verdict::ModelWrong});
            store.setVerdict("data1", {.clip = "a.wav", .label = "dog, small", .predicted = "cat", .verdict = Verdict::LabelWrong});
            store.setVerdict("data1", {.clip = "b.wav", .label = "rain", .predicted = "sea", .verdict = Verdict::BothPlausible});
            store.setVerdict("data2", {.clip = "b.wav", .label = "rain", .predicted = "sea", .verdict = Verdict::ModelWrong});
        }
        RunStore store(place); // they outlive the program
        const auto verdicts = store.verdicts("data1");
        QCOMPARE(verdicts.size(), size_t{2});
        QCOMPARE(verdicts[0].clip, std::string("a.wav"));
        QVERIFY(verdicts[1].verdict == Verdict::BothPlausible);
        QVERIFY(verdicts[1].givenAt > 1.6e9);
        QVERIFY(verdictsCsv(verdicts).find("a.wav,\"dog, small\",cat,label wrong,") != std::string::npos);
        store.setVerdict("data1", {.clip = "a.wav", .predicted = "cat", .verdict = Verdict::None});
        QCOMPARE(store.verdicts("data1").size(), size_t{1});
        QCOMPARE(errorOf([] { verdictFrom("maybe"); })->kind(), ErrorKind::Format);
    }

    void aCardComesBackWhole()
    {
        const QTemporaryDir folder;
        const auto dataset = tinyDataset(folder.filePath(QStringLiteral("data")).toStdString(), 2, 8);
        RunStore store(folder.filePath(QStringLiteral("store")).toStdString());
        const RunRecord run = store.create(tinyRun(dataset, 2, {2}, 42));
        store.addFoldResult(run.id, foldResult(*dataset, 2, 3));
        const std::filesystem::path file = folder.filePath(QStringLiteral("card.json")).toStdString();
        writeFileAtomically(file, RunCard::of(store, store.find(run.id)).toJson().dump());
        QVERIFY(RunCard::looksLikeOne(file));
        const RunCard card = RunCard::fromFile(file);
        QCOMPARE(card.seed, uint64_t{42});
        QCOMPARE(card.folds, (std::vector<int>{2}));
        QCOMPARE(card.datasetFingerprint, run.datasetFingerprint);
        QVERIFY(recipeDifference(card.recipe, store.recipe(run.id)).empty());
        const RunComparison same = compareRuns(card.predictions, store.predictions(run.id), card.classes.size(), {}, false);
        QCOMPARE(same.counts.onlyFirst + same.counts.onlySecond, 0);
        QCOMPARE(same.counts.neither, 3);
        writeFileAtomically(file, "{\"recipe\": 1}");
        QVERIFY(!RunCard::looksLikeOne(file));
        QCOMPARE(errorOf([&] { RunCard::fromFile(file); })->kind(), ErrorKind::Format);
        writeFileAtomically(file, "{\"melscope_card\": 1, \"run\": 5}");
        QCOMPARE(errorOf([&] { RunCard::fromFile(file); })->kind(), ErrorKind::Format);
    }

    void latexHasNoBareSpecialCharacters()
    {
        QCOMPARE(latexEscaped("50 % of a_b & {c} ± 1–2"), std::string("50 \\% of a\\_b \\& \\{c\\} $\\pm$ 1--2"));
        const std::string text = toLatex(accuracyTable({}));
        QVERIFY(text.find("\\begin{tabular}{llrrrrrrrr}") != std::string::npos);
        for (const QString& line : QString::fromStdString(text).split(u'\n'))
            if (line.endsWith(QStringLiteral("\\\\")) && line != QStringLiteral("\\\\"))
                QCOMPARE(line.count(QStringLiteral(" & ")), 9);
    }

    void whatWasChangedInARecipeStandsBelowThePaperTable()
    {
        RunRecord run{.id = "a", .name = "run-a", .method = "simclr", .recipeName = "simclr-quick", .recipeChanges = "training.epochs=5, training.batch=16",
                      .state = RunState::Finished, .datasetName = "tiny", .datasetFolds = {1, 2}, .results = {{.fold = 1, .count = 8, .correct = 6}}};
        RunRecord plain = run;
        plain.id = "b", plain.recipeName = "simclr-published", plain.recipeDigest = "other", plain.recipeChanges.clear();
        const std::vector<AccuracyRow> rows = accuracyTable({run, plain});
        const std::string text = toLatex(rows);
        QVERIFY(text.find("& simclr-quick (changed)$^{1}$ &") != std::string::npos);
        QVERIFY(text.find("& simclr-published &") != std::string::npos);
        const size_t end = text.find("\\end{tabular}");
        QVERIFY(text.find("training.epochs", 0) > end);
        QVERIFY(text.find("$^{1}$ Changed: training.epochs=5, training.batch=16\n", end) != std::string::npos);
        // The bar of a recipe with a long name still tells how many clips it stands on.
        QVERIFY(accuracyFigure(rows, 420).find(", n 8<") != std::string::npos);
    }

    void theHtmlReportStandsAlone()
    {
        std::vector<AccuracyRow> rows = accuracyTable({});
        rows.front().title = "<b>&";
        const ReportSection section{.title = "A & B", .classes = {"rain", "<wind>"}, .predictions = predictions(10, {0, 3})};
        const std::string html = toHtml(rows, {section});
        for (const char* fetched : {"<script", "src=", "href=", "url("})
            QVERIFY2(html.find(fetched) == std::string::npos, fetched);
        QVERIFY(html.find("&lt;b&gt;&amp;") != std::string::npos && html.find("<b>&") == std::string::npos);
        // Every figure is well-formed XML.
        int figures = 0;
        for (size_t at = 0; (at = html.find("<svg", at)) != std::string::npos; ++at) {
            QXmlStreamReader reader(QString::fromStdString(html.substr(at, html.find("</svg>", at) + 6 - at)));
            while (!reader.atEnd())
                reader.readNext();
            QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
            ++figures;
        }
        QCOMPARE(figures, 3);
    }
};

QTEST_APPLESS_MAIN(TestResults)
#include "tst_results.moc"
