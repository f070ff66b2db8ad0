// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "base/Files.h"
#include "training/Method.h"
#include "training/Recipe.h"

#include <QtTest>

#include <algorithm>

#include <functional>

using namespace melscope;

class TestRecipe : public QObject
{
    Q_OBJECT

private:
    static QString refusal(const std::function<void()>& action, ErrorKind kind)
    {
        try {
            action();
        } catch (const Error& error) {
            return error.kind() == kind ? QString::fromStdString(error.what()) : QStringLiteral("wrong kind: ") + error.what();
        }
        return QStringLiteral("not refused");
    }

private Q_SLOTS:
    void shippedOnesAreThoseThatCanRun()
    {
        QCOMPARE(shippedRecipes()[0].name, "resnet34-published");
        for (const Method& method : methods()) {
            const bool published = std::ranges::count(shippedRecipes(), method.id + "-published", &Recipe::name) == 1;
            QVERIFY2(published == method.available, method.id.c_str());
        }
        for (const Recipe& recipe : shippedRecipes()) {
            QVERIFY(findMethod(recipe.method)->available);
            QVERIFY(!recipe.summary.empty());
        }
    }

    void publishedIsWhatWasPublished()
    {
        const Recipe recipe = findRecipe("resnet34-published");
        QCOMPARE(recipe.integer("training.batch"), 32);
        QCOMPARE(recipe.real("training.lr"), 1e-3);
        QCOMPARE(recipe.real("training.weight_decay"), 0.01);
        QCOMPARE(recipe.real("training.warmup_share"), 0.3);
        QCOMPARE(recipe.integer("evaluation.tta_views"), 5);
        QCOMPARE(recipe.frontEnd(), FrontEnd::preset("esc"));
        QCOMPARE(recipe.frontEnd().frames(), 431);
    }

    void maskedPredictionIsPublishedWithItsWeaknesses()
    {
        for (const char* method : {"cnn-beats", "transformer-beats"}) {
            const Recipe published = findRecipe(std::string(method) + "-published");
            QCOMPARE(published.text("model.patch"), "16");
            QCOMPARE(published.text("pretraining.tokenizer"), "k-means");
            QCOMPARE(published.text("pretraining.mask"), "random");
            QCOMPARE(published.real("pretraining.mask_share"), 0.4);
            QCOMPARE(published.integer("pretraining.rounds"), 1);
            const Recipe recommended = findRecipe(std::string(method) + "-recommended");
            QCOMPARE(recommended.text("pretraining.mask"), "block");
            QVERIFY(recommended.real("pretraining.mask_share") >= 0.6);
            QCOMPARE(recommended.integer("pretraining.rounds"), 2);
            QVERIFY(recommended.augmentation.mixes());
        }
        QCOMPARE(findRecipe("transformer-beats-published").text("model.stem"), "patches");
        QCOMPARE(findRecipe("transformer-beats-recommended").text("model.stem"), "convolutions");
    }

    void hasEveryKeyOfTheSchema()
    {
        for (const Recipe& recipe : shippedRecipes()) {
            const ParameterSchema& schema = recipeSchema(recipe.method);
            QCOMPARE(recipe.values.size(), schema.parameters().size());
            for (const Parameter& parameter : schema.parameters()) {
                QVERIFY2(recipe.values.contains(parameter.key), parameter.key.c_str());
                QCOMPARE(schema.checked(parameter.key, recipe.values[parameter.key]), recipe.values[parameter.key]);
            }
        }
    }

    void schemaExplainsItself()
    {
        for (const char* method : {"resnet34", "simclr", "beats-frozen", "beats-finetuned"}) {
            for (const Parameter& parameter : recipeSchema(method).parameters()) {
                QVERIFY2(!parameter.label.empty() && parameter.help.size() > 20, parameter.key.c_str());
                QCOMPARE(recipeSchema(method).checked(parameter.key, parameter.defaultValue), parameter.defaultValue);
            }
        }
        QVERIFY(!recipeSchema("resnet34").find("pretraining.epochs"));
    }

    void viewsBelongToTheMethodsThatLearnByContrast()
    {
        const Json own = Json::parse(R"({"method": "simclr", "views": {"spectrogram": [{"name": "time_roll", "max_share": 0.5}]}})");
        const Recipe recipe = Recipe::fromJson(own);
        QCOMPARE(recipe.views->toJson()["spectrogram"][0]["max_share"], Json(0.5));
        QCOMPARE(Recipe::fromJson(recipe.toJson()).toJson(), recipe.toJson());
        // A short recipe is complete all the same.
        QVERIFY(Recipe::fromJson(Json::parse(R"({"method": "simclr"})")).views->needsSamples());
        Json supervised = own;
        supervised["method"] = "resnet34";
        QVERIFY(refusal([&] { Recipe::fromJson(supervised); }, ErrorKind::InvalidValue).contains(QStringLiteral("contrast")));
        Json mixed = own;
        mixed["views"]["mix"] = Json::parse(R"([{"name": "mixup"}])");
        QVERIFY(refusal([&] { Recipe::fromJson(mixed); }, ErrorKind::InvalidValue).contains(QStringLiteral("background")));
    }

    void simclrsPresetsDifferWhereThePublishedOneIsWeak()
    {
        const Recipe published = findRecipe("simclr-published");
        const Recipe recommended = findRecipe("simclr-recommended");
        QCOMPARE(published.real("pretraining.temperature"), 0.5);
        QCOMPARE(published.integer("pretraining.batch"), 32);
        QVERIFY(!published.views->needsSamples());
        QVERIFY(recommended.real("pretraining.temperature") <= 0.2);
        QVERIFY(recommended.integer("pretraining.batch") >= 2 * published.integer("pretraining.batch"));
        QVERIFY(recommended.integer("pretraining.chunk") < 2 * recommended.integer("pretraining.batch"));
        QVERIFY(recommended.views->needsSamples());
    }

    void simclrIsComparedWithTheBaselineUnderTheSameTrainingAndAsManyEpochs()
    {
        const Recipe simclr = findRecipe("simclr-recommended");
        const Recipe baseline = findRecipe("resnet34-recommended");
        QCOMPARE(simclr.integer("pretraining.epochs") + simclr.integer("training.epochs"), baseline.integer("training.epochs"));
        for (const char* key : {"front_end", "augmentation", "test_time"})
            QCOMPARE(simclr.toJson().at(key).dump(), baseline.toJson().at(key).dump());
        for (const char* key : {"training.batch", "training.lr", "training.weight_decay", "training.label_smoothing", "training.warmup_share",
                                "training.final_div_factor", "training.ema_epochs", "evaluation.tta_views"})
            QCOMPARE(simclr.values.at(key), baseline.values.at(key));
    }

    void survivesJson()
    {
        for (const Recipe& recipe : shippedRecipes()) {
            const Recipe again = Recipe::fromJson(Json::parse(recipe.toJson().dump()));
            QCOMPARE(again.values, recipe.values);
            QCOMPARE(again.toJson().dump(), recipe.toJson().dump());
            QVERIFY(again.augmentation.empty() == findMethod(recipe.method)->frozen);
        }
    }

    void testTimeViewsAreTheTrainingsUnlessSaidOtherwise()
    {
        const Json training = Json::parse(R"({"method": "resnet34", "augmentation": {"spectrogram": [{"name": "time_roll", "max_share": 0.5}]}})");
        const Recipe plain = Recipe::fromJson(training);
        QCOMPARE(plain.viewChain().toJson(), plain.augmentation.toJson());
        QVERIFY(!plain.toJson().contains("test_time"));
        Json own = training;
        own["test_time"] = Json::parse(R"({"spectrogram": [{"name": "time_roll", "max_share": 0.1}]})");
        const Recipe other = Recipe::fromJson(own);
        QCOMPARE(other.viewChain().toJson()["spectrogram"][0]["max_share"], Json(0.1));
        QCOMPARE(Recipe::fromJson(other.toJson()).toJson(), other.toJson());
    }

    void weightsArePartOfIt()
    {
        const Json json = Json::parse(R"({"name": "x", "method": "efficientnet-b0",
                                          "weights": {"file": "/w/b0.pth", "sha256": "ab", "name": "b0", "trained_on": "ImageNet",
                                                      "architecture": "efficientnet-b0", "naming": "timm"}})");
        const Recipe recipe = Recipe::fromJson(json);
        QCOMPARE(recipe.weights->file, std::filesystem::path("/w/b0.pth"));
        QCOMPARE(recipe.weights->trainedOn, "ImageNet");
        QCOMPARE(recipe.weights->naming, "timm");
        QCOMPARE(Recipe::fromJson(recipe.toJson()).weights, recipe.weights);
        QVERIFY(!findRecipe("efficientnet-b0-published").toJson().contains("weights"));
    }

    void weightsAreFoundFromTheRecipesFolder()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("mine.json")).toStdString();
        writeFileAtomically(file, R"({"method": "efficientnet-b0", "weights": {"file": "../w/b0.pth"}})");
        const Recipe recipe = Recipe::fromFile(file);
        QCOMPARE(recipe.weights->file, file.parent_path().parent_path() / "w" / "b0.pth");
        QVERIFY(recipe.weights->sha256.empty());
    }

    void survivesAFile()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("mine.json")).toStdString();
        const Recipe changed = findRecipe("resnet34-quick").with("training.epochs", "7");
        Json json = changed.toJson();
        json.erase("name");
        writeFileAtomically(file, json.dump());
        const Recipe read = findRecipe(file.string());
        QCOMPARE(read.name, "mine");
        QCOMPARE(read.values, changed.values);
    }

    void changesOneValue()
    {
        const Recipe before = findRecipe("resnet34-quick");
        const Recipe after = before.with("training.lr", "3e-4");
        QCOMPARE(after.real("training.lr"), 3e-4);
        QCOMPARE(before.real("training.lr"), shippedRecipes()[1].real("training.lr"));
        QCOMPARE(before.with("training.decay_norm_and_bias", "yes").flag("training.decay_norm_and_bias"), true);
        QCOMPARE(before.with("training.precision", "fp32").text("training.precision"), "fp32");
    }

    void orderOfSettingsDoesNotMatter()
    {
        const Recipe recipe = findRecipe("resnet34-published");
        const Recipe one = recipe.with({{"front_end.sample_rate", "8000"}, {"front_end.n_fft", "256"}, {"front_end.mels", "16"}});
        const Recipe other = recipe.with({{"front_end.mels", "16"}, {"front_end.n_fft", "256"}, {"front_end.sample_rate", "8000"}});
        QCOMPARE(one.values, other.values);
        QCOMPARE(one.real("front_end.f_max"), 4000.0);
        QCOMPARE(one.integer("front_end.win_length"), 256);
        QCOMPARE(recipe.with({{"front_end.f_max", "3000"}, {"front_end.sample_rate", "8000"}}).real("front_end.f_max"), 3000.0);
    }

    void shortFrontEndOfAFileIsCompletedConsistently()
    {
        const Recipe recipe = Recipe::fromJson({{"name", "x"}, {"method", "resnet34"}, {"front_end", {{"sample_rate", 22050}, {"n_fft", 1024}}}});
        QCOMPARE(recipe.real("front_end.f_max"), 11025.0);
        QCOMPARE(recipe.integer("front_end.win_length"), 1024);
        QCOMPARE(recipe.values, Recipe::fromJson(recipe.toJson()).values);
    }

    void refusesInWords()
    {
        const Recipe recipe = findRecipe("resnet34-quick");
        const auto invalid = ErrorKind::InvalidValue;
        QVERIFY(refusal([&] { recipe.with("training.epoch", "3"); }, invalid).contains(QLatin1String("training.epochs")));
        QVERIFY(refusal([&] { recipe.with("training.epochs", "0"); }, invalid).contains(QLatin1String("1 to 2000")));
        QVERIFY(refusal([&] { recipe.with("training.epochs", "many"); }, invalid).contains(QLatin1String("whole number")));
        QVERIFY(refusal([&] { recipe.with("training.precision", "fp64"); }, invalid).contains(QLatin1String("bf16")));
        QVERIFY(refusal([&] { recipe.with("front_end.f_max", "40000"); }, invalid).contains(QLatin1String("f_max")));
        QVERIFY(refusal([] { Recipe::fromJson({{"name", "x"}}); }, invalid).contains(QLatin1String("method")));
        QVERIFY(refusal([] { Recipe::fromJson({{"method", "resnet35"}}); }, invalid).contains(QLatin1String("resnet35")));
        QVERIFY(refusal([] { Recipe::fromJson({{"method", "resnet34"}, {"trainig", Json::object()}}); }, invalid).contains(QLatin1String("trainig")));
        QVERIFY(refusal([] { Recipe::fromJson({{"method", "resnet34"}, {"training", {{"lr", "fast"}}}}); }, invalid).contains(QLatin1String("training.lr")));
        const auto withWeights = [](const char* method, const char* weights) {
            Recipe::fromJson({{"method", method}, {"weights", Json::parse(weights)}});
        };
        QVERIFY(refusal([&] { withWeights("resnet34", R"({"file": "w.pth"})"); }, invalid).contains(QLatin1String("from scratch")));
        QVERIFY(refusal([&] { withWeights("efficientnet-b0", R"({"name": "w"})"); }, invalid).contains(QLatin1String("\"file\"")));
        QVERIFY(refusal([&] { withWeights("efficientnet-b0", R"({"file": "w", "sha": "1"})"); }, invalid).contains(QLatin1String("\"sha\"")));
        QVERIFY(refusal([&] { withWeights("efficientnet-b0", R"({"file": "w", "sha256": 1})"); }, invalid).contains(QLatin1String("sha256")));
        QVERIFY(refusal([] { findRecipe("resnet34-slow"); }, ErrorKind::Missing).contains(QLatin1String("resnet34-quick")));
    }

    void brokenFileIsNamed()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("broken.json")).toStdString();
        writeFileAtomically(file, "{\"method\": ");
        QVERIFY(refusal([&] { Recipe::fromFile(file); }, ErrorKind::Format).contains(QLatin1String("broken.json")));
        writeFileAtomically(file, "{\"method\": \"resnet34\", \"training\": {\"batch\": 1}}");
        const QString sentence = refusal([&] { Recipe::fromFile(file); }, ErrorKind::InvalidValue);
        QVERIFY(sentence.contains(QLatin1String("broken.json")) && sentence.contains(QLatin1String("training.batch")));
    }
};

QTEST_APPLESS_MAIN(TestRecipe)
#include "tst_recipe.moc"
