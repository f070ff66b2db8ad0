// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "runs/AccuracyTable.h"
#include "runs/RecipeDigest.h"
#include "runs/RunStore.h"
#include "runs/SqlDatabase.h"
#include "runs/SqlStatement.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace melscope;
using namespace melscope::test;

/// A recipe that was written before a key existed says what the key's default says: it belongs into one row with its complete twin.
class TestRecipeDigest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_store = m_folder.filePath(QStringLiteral("store")).toStdString();
    std::shared_ptr<const Dataset> m_dataset = tinyDataset(m_folder.filePath(QStringLiteral("data")).toStdString());

    /// As an older version left it: without one key of the recipe, with a digest that knows nothing of that key.
    void makeOld(const RunRecord& run) const
    {
        const auto file = m_store / "runs" / run.id / "recipe.json";
        Json recipe = Json::parse(readFile(file));
        recipe["training"].erase("ema_epochs");
        writeFileAtomically(file, recipe.dump());
        SqlDatabase database(m_store / "melscope.db");
        database.prepare("UPDATE runs SET recipe_digest = 'of an older version', digest_vocabulary = 'older' WHERE id = ?").bind(run.id).run();
    }

    RunRecord finished(RunStore& store, const NewRun& run) const
    {
        const RunRecord record = store.create(run);
        store.addFoldResult(record.id, {.fold = 1, .predictions = {{.name = "a", .fold = 1}}, .precision = "fp32", .history = {{.fold = 1, .epoch = 1, .epochs = 1}}});
        return record;
    }

private Q_SLOTS:
    void anOlderRunJoinsTheRowOfItsTwin()
    {
        NewRun plain = tinyRun(m_dataset, 1, {1});
        plain.recipe = plain.recipe.with("training.ema_epochs", "0");
        NewRun averaged = plain;
        averaged.recipe = plain.recipe.with("training.ema_epochs", "2");
        RunRecord old, twin, different;
        {
            RunStore store(m_store);
            old = finished(store, plain);
            twin = finished(store, plain);
            different = finished(store, averaged);
        }
        makeOld(old);
        const RunStore store(m_store);
        QCOMPARE(store.find(old.id).recipeDigest, twin.recipeDigest);
        QVERIFY(store.find(different.id).recipeDigest != twin.recipeDigest);
        const auto rows = accuracyTable(store.list());
        QCOMPARE(std::ranges::count_if(rows, [](const AccuracyRow& row) { return row.count > 0; }), 2);
    }

    void aRecipeThatCannotBeReadKeepsItsRow()
    {
        RunRecord run;
        {
            RunStore store(m_store);
            run = finished(store, tinyRun(m_dataset, 3, {1}));
        }
        makeOld(run);
        writeFileAtomically(m_store / "runs" / run.id / "recipe.json", "damaged");
        QCOMPARE(RunStore(m_store).find(run.id).recipeDigest, std::string("of an older version"));
    }
};

QTEST_APPLESS_MAIN(TestRecipeDigest)
#include "tst_recipe_digest.moc"
