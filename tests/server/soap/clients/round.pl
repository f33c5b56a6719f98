# The round in Perl's SOAP::Lite: perl round.pl ADDRESS USER PASSWORD IMPORT EXPORT STEP.
use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));
use Encode qw(decode encode);
use MIME::Base64 qw(encode_base64);
use POSIX qw(strftime);
use SOAP::Lite;

my ($address, $user, $password, $importing, $exporting, $step) = map { decode('UTF-8', $_) } @ARGV;
my $NAME    = 'Zoë <Ada> & 李';
my $CONTACT = [ID => 0, Name => 'Contact', Type => 'Base'];
my $ELQ     = 'https://secure.eloqua.com/API/1.2';
my $ARRAYS  = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
my $WSS     = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity';

# Elements in order: each a name and its text, or the list of what is inside. The prefix `a` is that of lists of values.
sub elements {
    my @elements;
    while (my ($name, $value) = splice @_, 0, 2) {
        my $element = SOAP::Data->name($name);
        $element->attr({ 'xmlns:a' => $ARRAYS }) if $name =~ /^a:/;
        push @elements, $element->value(ref $value ? \SOAP::Data->value(elements(@$value)) : $value);
    }
    return @elements;
}

sub contact {
    my ($id, %values) = @_;
    my @pairs = map { (EntityFields => [InternalName => $_, Value => $values{$_}]) } keys %values;
    return [EntityType => $CONTACT, FieldValueCollection => \@pairs, Id => $id];
}

# A service, with its operations as its description has them.
sub service {
    my ($name, $secret) = @_;
    my $schema = SOAP::Schema->new(schema_url => "$address/API/1.2/$name.svc?wsdl");
    my ($operations) = values %{ $schema->parse->services };
    my $client = SOAP::Lite->proxy("$address/API/1.2/$name.svc")->default_ns($ELQ);
    $client->typelookup({ text => [0, sub { 1 }, \&text] });
    return { client => $client, operations => $operations, secret => $secret };
}

# Any value: SOAP::Lite would guess a type, and send what is beyond ASCII as base64.
sub text {
    my ($value, $name, $type, $attributes) = @_;
    return [$name, $attributes, SOAP::Utils::encode_data($value)];
}

# A timestamp and a password in plain text.
sub security {
    my ($secret) = @_;
    my ($now, $later) = map { strftime('%Y-%m-%dT%H:%M:%SZ', gmtime $_) } time, time + 300;
    my @stamp = elements('u:Timestamp' => ['u:Created' => $now, 'u:Expires' => $later]);
    my @token = elements('o:UsernameToken' => ['o:Username' => $user, 'o:Password' => $secret]);
    return SOAP::Header->name('o:Security')->value(\SOAP::Data->value(@stamp, @token))
        ->attr({ 'xmlns:o' => "$WSS-secext-1.0.xsd", 'xmlns:u' => "$WSS-utility-1.0.xsd" })->mustUnderstand(1);
}

sub call {
    my ($service, $operation, @members) = @_;
    my $action = $service->{operations}{$operation}{soapaction}->value;
    $service->{client}->on_action(sub { qq("$action") });
    return $service->{client}->call($operation, elements(@members), security($service->{secret}));
}

# What an answer has at the end of a path in its result; without a path, the result.
sub found {
    my ($path, $service, $operation, @members) = @_;
    my $answer = call($service, $operation, @members);
    die "$operation: ", $answer->faultstring if $answer->fault;
    return $answer->valueof("//${operation}Response/${operation}Result$path");
}

sub polled {
    my $status;
    while (($status) = found('', @_) and $status =~ /Queued|InProgress/) {
        select undef, undef, undef, 0.05;
    }
    return $status;
}

sub say_ {
    my ($name, @values) = @_;
    print "$name: @values\n";
}

# What is in the detail of a fault, and of a ValidationFault which members it complains of.
sub fault {
    my ($name, @call) = @_;
    my $answer = call(@call);
    my ($kind) = ref $answer->faultdetail ? keys %{ $answer->faultdetail } : $answer->faultcode;
    say_($name, $kind, $answer->valueof('//ValidationDetail/Tag'));
}

my @clients = map { service($_, $password) } qw(Service DataTransferService EmailService ExternalActionService);
say_('operations', map { scalar keys %{ $_->{operations} } } @clients);
my ($eloqua, $transfer, $mail, $actions) = @clients;

# Service.svc
my @people = map { (DynamicEntity => contact(0, C_EmailAddress => $_)) } 'ada@soap.test', 'bob@soap.test';
my ($ada, $bob) = found('/CreateResult/ID', $eloqua, 'Create', entities => \@people);
say_('created', $ada, $bob);
say_('taken', found('//ErrorCode', $eloqua, 'Create', entities => [@people[0, 1]]));
my @changed = (entities => [DynamicEntity => contact($ada, C_FirstName => $NAME)]);
say_('updated', found('//Success', $eloqua, 'Update', @changed));
my @of = (entityType => $CONTACT, ids => ['a:int' => $ada, 'a:int' => 99], fieldNames => ['a:string' => 'C_FirstName']);
my ($there, $missing) = found('/DynamicEntity', $eloqua, 'Retrieve', @of);
say_('retrieved', $there->{FieldValueCollection}{EntityFields}{Value});
say_('missing', defined $missing ? 'false' : 'true');
my @query = (eloquaType => $CONTACT, searchQuery => q(C_EmailAddress='*@soap.test'), fieldNames => ['a:string' => 'C_EmailAddress']);
my $page = call($eloqua, 'Query', @query, pageNumber => 1, pageSize => 20);
say_('found', map { $page->valueof($_) } '//TotalRecords', '//EntityFields/Value');
my $friends = [AssetType => [ID => 2, Name => 'Friends', Type => 'ContactGroup'], Id => 2];
say_('joined', found('/Success', $eloqua, 'AddGroupMember', entity => contact($ada), asset => $friends));
say_('deleted', found('//Success', $eloqua, 'Delete', entityType => $CONTACT, ids => ['a:int' => $bob]));
fault('invalid', $eloqua, 'Query', eloquaType => $CONTACT, searchQuery => '', pageNumber => 0, pageSize => 201);

# EmailService.svc: members in the order of the description, which WCF reads them in
my $news = [Name => 'News', Subject => $NAME, GroupId => 1, HtmlContent => '<p>Hi</p>', SendHtml => 'true'];
my ($email) = found('', $mail, 'CreateHtmlEmail', email => $news);
my $settings = [ContactId => $ada, EmailId => $email, Name => 'To Ada'];
my ($deployment) = found('/Id', $mail, 'Deploy', deploySettings => $settings);
say_('deployed', found('/State', $mail, 'GetDeployment', deploymentId => $deployment));
my @years = (startDate => '2000-01-01', endDate => '2100-01-01');
say_('sent', found('/Email/Name', $mail, 'GetEmailsSentInTimeRange', @years));
fault('unknown', $mail, 'GetDeployment', deploymentId => 99);

# DataTransferService.svc answers in MTOM, which takes MIME::Tools: files are parts beside the envelope
my $rows = encode_base64(encode('UTF-8', "email,first,last\r\ncem\@soap.test,Cem,Öz\r\n"));
my @definition = (eloquaType => [ID => $importing, Name => '', Type => 'DataImport']);
my ($execution) = found('/ID', $transfer, 'InitializeDataImport', byteStream => $rows, @definition, sourceFileType => 'DelimitedFile');
say_('imported', polled($transfer, 'DataImportStatus', @definition, dataImportExecution => [ID => $execution]));
fault('unreadable', $transfer, 'InitializeDataImport', byteStream => 'AA==', @definition, sourceFileType => 'ExcelFile');
@definition = (eloquaType => [ID => $exporting, Name => '', Type => 'DataExport']);
call($transfer, 'InitializeDataExport', @definition);
say_('exported', polled($transfer, 'DataExportStatus', @definition));
my ($file) = map { $_->bodyhandle->as_string } @{ call($transfer, 'GetDataExportFile', @definition)->parts };
say_('file', (split /\r\n/, decode('UTF-8', $file))[-1]);

# ExternalActionService.svc
my @waiting = (stepId => $step, status => 'AwaitingAction');
say_('waiting', found('', $actions, 'GetMemberCountInStepByStatus', @waiting));
my @names = qw(EntityId EntityType Id Status StepId);
my @members = found('/Member', $actions, 'ListMembersInStepByStatus', @waiting, pageNumber => 0, pageSize => 20);
for my $status ('InProgress', 'Complete') {
    my @given = map { my $member = $_; (Member => [map { $_ => $member->{$_} } @names]) } @members;
    @members = found('/Member', $actions, 'SetMemberStatus', members => \@given, status => $status);
    say_($status eq 'Complete' ? 'done' : 'claimed', map { $_->{Status} } @members);
}
fault('nowhere', $actions, 'GetMemberCountInStepByStatus', stepId => 99, status => 'Complete');

fault('stranger', service('Service', 'wrong'), 'ListEntityTypes');
