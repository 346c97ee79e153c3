# The client of Debian's libnet-akismet-perl, as it is: check.pl http://ADDRESS KEY. What it was told, as JSON on standard output.

use strict;
use warnings;

my ($base, $key) = @ARGV;

# It asks KEY.duyet.example, which nobody resolves: by way of a proxy, which is the service itself.
BEGIN { ($ENV{http_proxy}, $ENV{PERL_LWP_ENV_PROXY}) = ($ARGV[0], 1) }

use Net::Akismet;

my @here = (URL => 'https://bao.example', SERVICE_HOST => 'duyet.example');
my $own = Net::Akismet->new(KEY => $key, @here);
my $stranger = Net::Akismet->new(KEY => 'abcdefabcdef', @here);

sub comment {
    return (
        USER_IP => '203.0.113.7', COMMENT_USER_AGENT => 'Mozilla/5.0', COMMENT_TYPE => 'comment',
        PERMALINK => 'https://bao.example/xa-hoi/cau-moi.html', COMMENT_AUTHOR => 'Tran Thi Buoi',
        COMMENT_AUTHOR_EMAIL => 'ban.doc@thu.example', COMMENT_CONTENT => shift,
    );
}

my @held = comment('Cau moi rat dep, perl');
my @trash = comment("Mua ngay k\xe1\xba\xbbo l\xe1\xbb\xa1, perl");
my $told = sub { return join(',', map { '"' . ($_ // '') . '"' } @_) };
my @verified = map { $_ ? 1 : 0 } ($own, $stranger);
my @checked = ($own->check(@held), $own->check(@trash));
my @reported = ($own->spam(@held), $own->ham(@trash));
my @again = ($own->check(@held), $own->check(@trash));
print sprintf('{"verified":[%s],"checked":[%s],"reported":[%s],"again":[%s]}' . "\n",
    map { $told->(@$_) } (\@verified, \@checked, \@reported, \@again));
