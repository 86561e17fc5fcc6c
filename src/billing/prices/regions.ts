/**
 * The regions that providers sell in, so that a price file with a mistyped one is refused. Its own file because it is
 * a list of names alone: whether there are prices for a region is the price book's and the price file's to say.
 *
 * Recalled from the providers' pages (AWS "Regions and Availability Zones", Google "Cloud locations", Azure
 * "Geographies"), as of 2026.
 */
const regions: Readonly<Record<string, string>> = {
  aws: `us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-east-1 ap-east-2 ap-south-1 ap-south-2 ap-southeast-1
    ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-northeast-1
    ap-northeast-2 ap-northeast-3 ca-central-1 ca-west-1 cn-north-1 cn-northwest-1 eu-central-1 eu-central-2 eu-west-1
    eu-west-2 eu-west-3 eu-south-1 eu-south-2 eu-north-1 eusc-de-east-1 il-central-1 me-central-1 me-south-1
    mx-central-1 sa-east-1 us-gov-east-1 us-gov-west-1`,
  gcp: `us-central1 us-east1 us-east4 us-east5 us-south1 us-west1 us-west2 us-west3 us-west4 northamerica-northeast1
    northamerica-northeast2 northamerica-south1 southamerica-east1 southamerica-west1 europe-central2 europe-north1
    europe-north2 europe-southwest1 europe-west1 europe-west2 europe-west3 europe-west4 europe-west6 europe-west8
    europe-west9 europe-west10 europe-west12 asia-east1 asia-east2 asia-northeast1 asia-northeast2 asia-northeast3
    asia-south1 asia-south2 asia-southeast1 asia-southeast2 australia-southeast1 australia-southeast2 me-central1
    me-central2 me-west1 africa-south1`,
  azure: `eastus eastus2 eastus3 centralus northcentralus southcentralus westcentralus westus westus2 westus3
    canadacentral canadaeast mexicocentral brazilsouth brazilsoutheast chilecentral northeurope westeurope uksouth
    ukwest francecentral francesouth germanywestcentral germanynorth norwayeast norwaywest swedencentral swedensouth
    switzerlandnorth switzerlandwest italynorth polandcentral spaincentral austriaeast belgiumcentral denmarkeast
    eastasia southeastasia australiaeast australiasoutheast australiacentral australiacentral2 japaneast japanwest
    koreacentral koreasouth centralindia southindia westindia jioindiawest jioindiacentral indonesiacentral
    malaysiawest newzealandnorth israelcentral qatarcentral uaenorth uaecentral southafricanorth southafricawest
    usgovvirginia usgovarizona usgovtexas chinaeast2 chinaeast3 chinanorth2 chinanorth3`,
};

/** All regions of a provider; none for one without regions. */
export function soldRegions(provider: string): readonly string[] {
  return Object.hasOwn(regions, provider) ? regions[provider]!.split(/\s+/) : [];
}
