// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/RunForm.h"

#include "base/Error.h"
#include "common/Deliver.h"
#include "common/ParameterForm.h"
#include "common/ThemedIcon.h"
#include "dataset/Folds.h"
#include "training/AugmentationChoice.h"
#include "training/CostPanel.h"
#include "training/Method.h"
#include "training/MethodCards.h"
#include "training/WeightsChoice.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>

#include <limits>

namespace melscope {
namespace {

constexpr int allFolds = -1; // data of the fold choice's first entry

QLabel* wrapped(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setWordWrap(true);
    return label;
}

/// What decides a cost: the recipe but for its words, and the clips.
std::string costKey(const FoldJob& job)
{
    Json recipe = job.recipe.toJson();
    for (const char* words : {"name", "title", "summary"})
        recipe.erase(words);
    return job.dataset->root.string() + '\n' + std::to_string(job.dataset->clips.size()) + '\n' + recipe.dump();
}

std::string asText(const Json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

} // namespace

RunForm::RunForm(QWidget* parent)
    : QWidget(parent), m_cards(new MethodCards(this)), m_recipeChoice(new QComboBox(this)), m_summary(wrapped(this)),
      m_weights(new WeightsChoice(this)), m_augmentation(new AugmentationChoice(AugmentationChoice::Purpose::Training, this)),
      m_views(new AugmentationChoice(AugmentationChoice::Purpose::Views, this)), m_scroll(new QScrollArea(this)), m_formPlace(new QVBoxLayout), m_datasetLine(wrapped(this)), m_leakLine(wrapped(this)),
      m_obstacle(wrapped(this)), m_foldChoice(new QComboBox(this)), m_seed(new QSpinBox(this)), m_seedCount(new QSpinBox(this)), m_cost(new CostPanel(this)),
      m_start(new QPushButton(themedIcon(QStringLiteral("train")), tr("&Start"), this))
{
    build();
    connect(m_cards, &MethodCards::methodChanged, this, &RunForm::showMethod);
    connect(m_recipeChoice, &QComboBox::currentIndexChanged, this, &RunForm::showRecipe);
    for (AugmentationChoice* choice : {m_augmentation, m_views}) {
        connect(choice, &AugmentationChoice::changed, this, &RunForm::takeAugmentation);
        connect(choice, &AugmentationChoice::editRequested, this, &RunForm::editAugmentationRequested);
    }
    connect(m_weights, &WeightsChoice::changed, this, [this] {
        takeWeights();
        updateStart();
    });
    connect(m_foldChoice, &QComboBox::currentIndexChanged, this, &RunForm::updateStart);
    connect(m_cost, &CostPanel::measureRequested, this, [this] { Q_EMIT costRequested(job()); });
    connect(m_cost, &CostPanel::cancelRequested, this, &RunForm::costCancelled);
    connect(m_start, &QPushButton::clicked, this, &RunForm::start);
    showDataset();
    updateStart();
}

RunForm::~RunForm() = default;

void RunForm::build()
{
    auto* content = new QWidget(m_scroll);
    auto* inside = new QVBoxLayout(content);
    inside->setContentsMargins(0, 0, 6, 0);
    inside->addWidget(m_cards);
    m_recipeChoice->setAccessibleName(tr("Recipe"));
    m_recipeChoice->setToolTip(tr("A complete set of values for this method. Everything in it can be changed below."));
    m_recipeChoice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto* recipeRow = new QHBoxLayout;
    auto* recipeLabel = new QLabel(tr("&Recipe"), this);
    recipeLabel->setBuddy(m_recipeChoice);
    recipeRow->addWidget(recipeLabel);
    recipeRow->addWidget(m_recipeChoice, 1);
    inside->addLayout(recipeRow);
    inside->addWidget(m_weights); // where nothing is to be had without them, they are in sight
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    inside->addWidget(m_summary);
    inside->addWidget(m_views);
    inside->addWidget(m_augmentation);
    inside->addLayout(m_formPlace);
    inside->addStretch(1);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_scroll, 1);
    layout->addWidget(buildWhere());
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setToolTip(tr("Puts the run into the queue; it begins as soon as the trainer is free."));
    m_obstacle->setObjectName(QStringLiteral("obstacle"));
    layout->addWidget(m_obstacle);
    layout->addWidget(m_start);
}

QWidget* RunForm::buildWhere()
{
    auto* box = new QWidget(this);
    auto* rows = new QFormLayout(box);
    rows->setContentsMargins({});
    rows->addRow(tr("Dataset"), m_datasetLine);
    rows->addRow(m_leakLine);
    m_leakLine->hide();
    m_foldChoice->setToolTip(tr("The fold whose clips are held out: the network never learns from them, and the accuracy is measured "
                                "on them. All folds means one training each, the figure to publish."));
    rows->addRow(tr("Held-out &fold"), m_foldChoice);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setToolTip(tr("Start of every random draw. The same seed on the same machine gives the same numbers."));
    m_seedCount->setRange(1, 20);
    m_seedCount->setPrefix(QStringLiteral("× "));
    m_seedCount->setAccessibleName(tr("Number of seeds"));
    m_seedCount->setToolTip(tr("How many runs to start with this seed and the ones after it: shows how much of a difference is luck."));
    auto* seeds = new QHBoxLayout;
    seeds->addWidget(m_seed, 1);
    seeds->addWidget(m_seedCount);
    auto* seedLabel = new QLabel(tr("S&eed"), box);
    seedLabel->setBuddy(m_seed);
    rows->addRow(seedLabel, seeds);
    rows->addRow(tr("Cost here"), m_cost);
    return box;
}

void RunForm::setDataset(std::shared_ptr<const Dataset> dataset)
{
    m_dataset = std::move(dataset);
    const int before = m_foldChoice->currentData().isValid() ? m_foldChoice->currentData().toInt() : allFolds;
    m_foldChoice->clear();
    if (m_dataset) {
        if (m_dataset->folds.size() > 1)
            m_foldChoice->addItem(tr("all %1, one after the other").arg(m_dataset->folds.size()), allFolds);
        for (const int fold : m_dataset->folds)
            m_foldChoice->addItem(tr("fold %1").arg(fold), fold);
        const int again = m_foldChoice->findData(before);
        m_foldChoice->setCurrentIndex(before != allFolds && again >= 0 ? again : m_foldChoice->count() - 1);
    }
    showDataset();
    lookForLeaks();
    updateStart();
}

void RunForm::showDataset()
{
    m_datasetLine->setText(m_dataset ? tr("%1: %2 clips, %3 classes").arg(QString::fromStdString(m_dataset->name)).arg(m_dataset->clips.size()).arg(m_dataset->classes.size())
                                     : tr("none is open: open one on the Explore page"));
}

void RunForm::lookForLeaks()
{
    m_leakLine->hide();
    if (!m_dataset)
        return;
    m_leakJob.request([this, dataset = m_dataset, deliver = Deliver(this)](std::stop_token) {
        const size_t leaks = findLeaks(*dataset).size();
        deliver([this, dataset, leaks] {
            if (dataset != m_dataset)
                return;
            m_leakLine->setText(tr("Source recordings whose clips of one class stand in several folds: %1. The accuracy would be too good; "
                                   "let Melscope make the folds, or remove the clips.").arg(leaks));
            m_leakLine->setVisible(leaks > 0);
        });
    });
}

void RunForm::setRecipes(const std::vector<Recipe>& recipes)
{
    m_recipes = recipes;
    showMethod();
}

void RunForm::chooseRecipe(const std::string& name)
{
    for (const Recipe& recipe : m_recipes)
        if (recipe.name == name)
            m_cards->setMethod(recipe.method);
    const int index = m_recipeChoice->findData(QString::fromStdString(name));
    if (index >= 0)
        m_recipeChoice->setCurrentIndex(index);
}

void RunForm::showMethod()
{
    const QSignalBlocker quiet(m_recipeChoice);
    m_recipeChoice->clear();
    for (const Recipe& recipe : m_recipes)
        if (recipe.method == m_cards->method())
            m_recipeChoice->addItem(QString::fromStdString(recipe.title), QString::fromStdString(recipe.name));
    showRecipe();
}

void RunForm::showRecipe()
{
    const std::string name = m_recipeChoice->currentData().toString().toStdString();
    const auto found = std::find_if(m_recipes.begin(), m_recipes.end(), [&](const Recipe& recipe) { return recipe.name == name; });
    delete m_form;
    m_form = nullptr;
    m_refused.clear();
    m_chosen = m_recipe = found == m_recipes.end() ? Recipe{} : *found;
    m_summary->setText(QString::fromStdString(m_chosen.summary));
    m_augmentation->setOwn({.name = "own", .title = m_chosen.title, .chain = m_chosen.augmentation});
    const Method* const method = findMethod(m_chosen.method);
    m_augmentation->setVisible(method && !method->frozen);
    m_views->setOwn({.name = "own", .title = m_chosen.title, .chain = m_chosen.views.value_or(AugmentationChain())});
    m_views->setVisible(m_chosen.views.has_value());
    m_weights->setMethod(m_chosen.method);
    takeWeights();
    takeAugmentation();
    if (found != m_recipes.end()) {
        m_form = new ParameterForm(recipeSchema(m_chosen.method), this);
        m_form->setValues(m_chosen.values);
        m_formPlace->addWidget(m_form);
        // Nothing may be cut off sideways: the area scrolls downwards only.
        m_scroll->setMinimumWidth(m_form->minimumSizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 8);
        connect(m_form, &ParameterForm::valueChanged, this, &RunForm::takeEdit);
        connect(m_form, &ParameterForm::errorsChanged, this, &RunForm::updateStart);
    }
    updateStart();
}

void RunForm::takeEdit(const QString& key)
{
    // A contradiction is between two values: what was refused before is tried again together with the new one.
    m_refused.insert(key.toStdString());
    std::vector<Setting> settings;
    for (const std::string& name : m_refused)
        settings.emplace_back(name, asText(m_form->value(name)));
    try {
        // The same way as --set on the command line: values that follow another one (the window's length the FFT's) follow here.
        m_recipe = m_recipe.with(settings);
        for (const std::string& name : m_refused)
            m_form->setError(name, {});
        m_refused.clear();
        m_form->setValues(m_recipe.values);
    } catch (const Error& error) {
        m_form->setError(key.toStdString(), QString::fromStdString(error.what()));
    }
    nameRecipe();
    updateStart();
}

void RunForm::setAugmentation(const NamedChain& chain)
{
    (m_recipe.views ? m_views : m_augmentation)->setSent(chain);
}

void RunForm::takeAugmentation()
{
    if (const Method* const method = findMethod(m_chosen.method); !method || !method->frozen)
        m_recipe.augmentation = m_augmentation->chosen().chain;
    if (m_chosen.views) // a mixed clip would be nobody's view
        m_recipe.views = m_views->isOwn() ? *m_chosen.views : m_views->chosen().chain.withoutMixing();
    nameRecipe();
    showCost();
}

void RunForm::takeWeights()
{
    m_recipe.weights = m_weights->weights();
}

FoldJob RunForm::job() const
{
    const std::vector<int> held = folds();
    return {.dataset = m_dataset, .recipe = m_recipe, .fold = held.empty() ? 0 : held.back(), .seed = static_cast<uint64_t>(m_seed->value())};
}

void RunForm::showCost()
{
    const bool possible = obstacle().isEmpty();
    m_cost->setPossible(possible);
    if (m_cost->isMeasuring())
        return;
    const auto known = possible ? m_costs.find(costKey(job())) : m_costs.end();
    if (known == m_costs.end())
        m_cost->showUnknown();
    else
        m_cost->showCost(known->second, static_cast<int>(folds().size()));
}

void RunForm::showMeasuring(const QString& doing)
{
    if (!doing.isEmpty())
        return m_cost->showMeasuring(doing);
    m_cost->showUnknown();
    showCost();
}

void RunForm::setCost(const FoldJob& job, const TrainingCost& cost)
{
    m_costs[costKey(job)] = cost;
    m_cards->setCost(job.recipe.method, costText(cost, 1));
    showMeasuring({});
}

void RunForm::showCostFailure(const QString& sentence)
{
    m_cost->showFailure(sentence);
}

// What was changed is another recipe: under the shipped one's name the table would pool what is not alike.
void RunForm::nameRecipe()
{
    m_recipe.name = m_chosen.name;
    m_recipe.title = m_chosen.title;
    if (m_recipe.values != m_chosen.values) {
        m_recipe.name += "-edited";
        m_recipe.title = tr("%1, edited").arg(QString::fromStdString(m_recipe.title)).toStdString();
    }
    if (m_recipe.views != m_chosen.views) {
        const NamedChain& chain = m_views->chosen();
        m_recipe.name += "+views-" + chain.name;
        m_recipe.title = tr("%1, views: %2").arg(QString::fromStdString(m_recipe.title), QString::fromStdString(chain.title)).toStdString();
    }
    if (!(m_recipe.augmentation == m_chosen.augmentation)) {
        const NamedChain& chain = m_augmentation->chosen();
        m_recipe.name += "+" + chain.name;
        m_recipe.title = tr("%1, augmentation: %2").arg(QString::fromStdString(m_recipe.title), QString::fromStdString(chain.title)).toStdString();
    }
    if (!m_recipe.name.empty())
        Q_EMIT recipeChanged(m_recipe);
}

std::vector<int> RunForm::folds() const
{
    if (!m_dataset || m_foldChoice->currentIndex() < 0)
        return {};
    const int chosen = m_foldChoice->currentData().toInt();
    return chosen == allFolds ? m_dataset->folds : std::vector<int>{chosen};
}

QString RunForm::obstacle() const
{
    if (!m_form)
        return tr("There is no recipe for this method.");
    if (m_form->hasErrors())
        return tr("A value cannot be used; the sentence beside it says why.");
    if (const QString weights = m_weights->obstacle(); !weights.isEmpty())
        return weights;
    if (lacksWeights(m_recipe))
        return tr("This method starts from a BEATs checkpoint: choose one above. To try it without, tick Random weights under Advanced.");
    if (!m_dataset)
        return tr("Open a dataset first, on the Explore page.");
    if (m_dataset->folds.size() < 2)
        return tr("The dataset has a single fold, so nothing could be held out.");
    return {};
}

void RunForm::updateStart()
{
    const QString sentence = obstacle();
    m_obstacle->setText(sentence);
    m_obstacle->setVisible(!sentence.isEmpty());
    m_start->setEnabled(sentence.isEmpty());
    showCost();
}

void RunForm::start()
{
    if (!obstacle().isEmpty())
        return;
    for (int i = 0; i < m_seedCount->value(); ++i)
        Q_EMIT startRequested(m_recipe, folds(), static_cast<quint64>(m_seed->value()) + static_cast<quint64>(i));
}

} // namespace melscope
