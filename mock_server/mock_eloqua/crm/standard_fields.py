"""The fields that every new site has: id, internal name, display name, data type (`rest` 8.3, `bulk` 16.1)."""

from __future__ import annotations

SYSTEM_FIELD_CREATED_AT = -2_208_970_800_000
"""1900-01-01T05:00Z, midnight Eastern: what standard fields show [recorded]."""

CONTACT_FIELDS: tuple[tuple[int, str, str, str], ...] = (
    (100001, "C_EmailAddress", "Email Address", "text"),
    (100002, "C_FirstName", "First Name", "text"),
    (100003, "C_LastName", "Last Name", "text"),
    (100004, "C_Company", "Company", "text"),
    (100005, "C_EmailDisplayName", "Email Display Name", "text"),
    (100006, "C_Address1", "Address 1", "text"),
    (100007, "C_Address2", "Address 2", "text"),
    (100008, "C_Address3", "Address 3", "text"),
    (100009, "C_City", "City", "text"),
    (100010, "C_State_Prov", "State or Province", "text"),
    (100011, "C_Zip_Postal", "Zip or Postal Code", "text"),
    (100012, "C_Country", "Country", "text"),
    (100013, "C_BusPhone", "Business Phone", "text"),
    (100014, "C_MobilePhone", "Mobile Phone", "text"),
    (100015, "C_Fax", "Fax", "text"),
    (100016, "C_Title", "Title", "text"),
    (100017, "C_Salutation", "Salutation", "text"),
    (100022, "C_Salesperson", "Salesperson", "text"),
    (100023, "C_SFDCContactID", "SFDC Contact ID", "text"),
    (100024, "C_SFDCLeadID", "SFDC Lead ID", "text"),
    (100026, "C_DateCreated", "Date Created", "date"),
    (100027, "C_DateModified", "Date Modified", "date"),
    (100032, "ContactIDExt", "Eloqua Contact ID", "text"),
    (100033, "C_SFDCAccountID", "SFDC Account ID", "text"),
    (100034, "C_LastModifiedByExtIntegrateSystem", "Last Modified by CRM System", "date"),
    (100035, "C_SFDCLastCampaignID", "Last SFDC Campaign ID", "text"),
    (100036, "C_SFDCLastCampaignStatus", "Last SFDC Campaign Status", "text"),
    (100041, "C_Company_Revenue1", "Company Revenue", "numeric"),
    (100043, "C_SFDC_EmailOptOut1", "SFDC Email Opt-Out", "text"),
    (100044, "C_Lead_Source___Most_Recent1", "Lead Source - Most Recent", "text"),
    (100045, "C_Lead_Source___Original1", "Lead Source - Original", "text"),
    (100046, "C_Industry1", "Industry", "text"),
    (100047, "C_Annual_Revenue1", "Annual Revenue", "text"),
    (100048, "C_Lead_Status1", "Lead Status", "text"),
    (100049, "C_Job_Role1", "Job Role", "text"),
    (100051, "C_LS___High_Value_Website_Content1", "Lead Score - High Value Website Content", "text"),
    (100065, "C_Lead_Score_Date___Most_Recent1", "Lead Score Date - Most Recent", "date"),
    (
        100066,
        "C_Integrated_Marketing_and_Sales_Funnel_Stage",
        "Integrated Marketing and Sales Funnel Stage",
        "text",
    ),
    (100068, "C_Product_Solution_of_Interest1", "Product/Solution of Interest", "text"),
    (100069, "C_Region1", "Region", "text"),
    (100072, "C_ElqPURLName1", "PURL Name", "text"),
    (100081, "C_Lead_Rating___Combined1", "Lead Rating - Combined", "text"),
    (100171, "C_EmailAddressDomain", "Email Address Domain", "text"),
    (100172, "C_FirstAndLastName", "First and Last Name", "text"),
)

READ_ONLY = frozenset(
    {
        "C_DateCreated",
        "C_DateModified",
        "ContactIDExt",
        "C_ElqPURLName1",
        "C_EmailAddressDomain",
        "C_FirstAndLastName",
    }
)
"""Standard contact fields that only the product writes [recorded]."""

LAST_STANDARD_ID = 100200
"""Custom fields count on from here; a recorded site had reached 100313."""

PROPERTIES: dict[str, str] = {
    "emailAddress": "C_EmailAddress",
    "firstName": "C_FirstName",
    "lastName": "C_LastName",
    "accountName": "C_Company",
    "title": "C_Title",
    "address1": "C_Address1",
    "address2": "C_Address2",
    "address3": "C_Address3",
    "city": "C_City",
    "province": "C_State_Prov",
    "postalCode": "C_Zip_Postal",
    "country": "C_Country",
    "businessPhone": "C_BusPhone",
    "mobilePhone": "C_MobilePhone",
    "fax": "C_Fax",
    "salesPerson": "C_Salesperson",
}
"""The fields that are properties of a contact as well (`rest` 8.1) [doc]."""

ACCOUNT_FIELDS: tuple[tuple[int, str, str, str], ...] = (
    (100085, "M_CompanyName", "Company Name", "text"),
    (100086, "M_Address1", "Address 1", "text"),
    (100087, "M_City", "City", "text"),
    (100088, "M_Country", "Country", "text"),
    (100089, "M_State_Prov", "State or Province", "text"),
    (100090, "M_Zip_Postal", "Zip or Postal Code", "text"),
    (100091, "M_BusPhone", "Business Phone", "text"),
    (100092, "M_Address2", "Address 2", "text"),
    (100093, "M_Address3", "Address 3", "text"),
    (100094, "M_DateCreated", "Date Created", "date"),
    (100095, "M_DateModified", "Date Modified", "date"),
    (100096, "CompanyIDExt", "Eloqua Company ID", "text"),
    (100097, "M_SFDCAccountID", "SFDC Account ID", "text"),
    (100098, "M_LastModifiedByExtIntegrateSystem", "Last Modified by CRM System", "date"),
    (100118, "M_Industry1", "Industry", "text"),
)
"""As for contacts (`rest` 9): ids of the name, the country and the industry [doc, client], the others [inferred]."""

ACCOUNT_READ_ONLY = frozenset({"M_DateCreated", "M_DateModified", "CompanyIDExt"})
"""Standard account fields that only the product writes [inferred: as for contacts]."""

ACCOUNT_PROPERTIES: dict[str, str] = {
    "name": "M_CompanyName",
    "address1": "M_Address1",
    "address2": "M_Address2",
    "address3": "M_Address3",
    "city": "M_City",
    "province": "M_State_Prov",
    "postalCode": "M_Zip_Postal",
    "country": "M_Country",
    "businessPhone": "M_BusPhone",
}
"""The fields that are properties of an account as well (`rest` 9) [doc; the names of most inferred]."""
