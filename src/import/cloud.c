#include "import/cloud.h"

/* Resource types of AI services, by how they begin; letters are folded. */
static const str ai_types[] = {
    S("aws_bedrock"),
    S("aws_sagemaker_"),
    S("azurerm_ai_"),
    S("azurerm_cognitive_"),
    S("azurerm_machine_learning_"),
    S("azurerm_search_"),
    S("google_vertex_ai_"),
    S("google_discovery_engine_"),
    S("google_dialogflow_"),
    S("google_workbench_"),
    S("google_notebooks_"),
    S("AWS::Bedrock::"),
    S("AWS::SageMaker::"),
    S("Microsoft.CognitiveServices/"),
    S("Microsoft.MachineLearningServices/"),
    S("Microsoft.Search/"),
};

bool import_cloud_ai(str type)
{
	for (size_t i = 0; i < sizeof ai_types / sizeof *ai_types; i++)
		if (str_eq_fold(str_slice(type, 0, ai_types[i].n), ai_types[i]))
			return true;
	return false;
}
